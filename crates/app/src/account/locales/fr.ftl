# Signing in, and the person's own area.

account-sign-in = Se connecter
account-email = Adresse e-mail
account-password = Mot de passe
account-wrong = L’adresse ou le mot de passe ne correspond pas
account-need-email = Indiquez une adresse e-mail, par exemple prenom@exemple.fr
account-need-password = Indiquez votre mot de passe
account-signed-out = Vous êtes hors connexion.
account-candidates-html = Vous avez postulé ? <a href="{ $href }">Recevez un lien vers vos candidatures</a>.

account-link-title = Retrouver mes candidatures
account-link-text = Indiquez l’adresse avec laquelle vous avez postulé. Nous y envoyons un lien : pas de compte, pas de mot de passe.
account-link-send = Recevoir le lien
account-link-sent-title = Regardez votre messagerie
account-link-sent-text = Si une candidature a été envoyée avec cette adresse, un lien vient d’y partir. Il fonctionne pendant une heure.
account-home = Revenir à l’accueil

account-me-title = Mes candidatures
account-me-none-title = Aucune candidature en cours
account-me-none-text = Celles que vous enverrez apparaîtront ici.
account-me-none-action = Voir les offres
account-kept = gardée { $until }

account-staff-title = Équipe
account-staff-name = Nom
account-staff-email = E-mail
account-staff-role = Rôle
account-staff-state = Accès
account-staff-seen = Dernière connexion
account-staff-active = Ouvert
account-staff-closed = Fermé
account-staff-never = jamais
account-staff-add = Ajouter une personne

account-mail-link-subject = Votre lien vers { $site }
account-mail-link-text = Voici le lien vers vos candidatures chez { $site } :
account-mail-link-ends = Il fonctionne pendant une heure.
account-mail-link-not-you = Si vous ne l’avez pas demandé, vous n’avez rien à faire.

account-menu-applications = Mes candidatures
account-menu-kept = Mes données
account-menu-reads = Qui a lu quoi
account-menu-leave = Partir
account-clause = Clause de la politique de confidentialité :

account-read-on-html = lue le { $day }
account-files = { $count ->
    [one] 1 document
   *[other] { $count } documents
 }
account-trust-title = Vous pouvez tout vérifier
account-trust-kept = Vos documents, ce que nous gardons, pourquoi, et jusqu’à quel jour.
account-trust-read = Dernière lecture le { $day } : { $who }.
account-trust-unread = Personne n’a encore rien lu de ce qui vous concerne.
account-trust-leave = Retirer une candidature, se déconnecter partout, faire tout effacer.

account-kept-title = Mes données
account-kept-lead = Tout ce que nous gardons sur vous, avec la règle qui dit pourquoi et jusqu’à quand. Chaque règle mène à sa clause dans la politique de confidentialité.
account-documents = Vos documents
account-kept-each = Ce qui est gardé
account-kept-identity = Votre nom et vos coordonnées
account-kept-standing = Ce qui va avec votre espace
account-kept-nothing = Rien n’est gardé en ce moment.
account-kept-since-html = Depuis le { $day }
account-kept-what = Quoi
account-kept-why = Pour quoi faire
account-kept-basis = Sur quelle base légale
account-kept-readers = Qui peut le lire
account-kept-nobody = Personne d’autre que vous
account-kept-until = Jusqu’à quand

account-reads-title = Qui a lu quoi
account-reads-lead = Toute personne qui ouvre quelque chose de vous est enregistrée avant de le voir. Voici chacun de ces enregistrements, jour par jour.
account-reads-service = Le service lui-même, sans intervention humaine
account-reads-service-confirmation = Le service lui-même, pour vous envoyer la confirmation
account-reads-service-answer = Le service lui-même, pour vous envoyer la réponse
account-reads-service-link = Le service lui-même, pour vous envoyer un lien
account-reads-service-mail = Le service lui-même, pour vous envoyer un e-mail
account-reads-opened = { $count ->
    [one] ouvert une fois
   *[other] ouvert { $count } fois
 }
account-reads-listed = { $count ->
    [one] vu une fois dans une liste
   *[other] vu { $count } fois dans une liste
 }
account-reads-none-title = Personne n’a rien lu de vous
account-reads-none-text = Chaque lecture apparaîtra ici, avec le rôle, la raison et le jour.
account-reads-none-action = Revenir à mes candidatures
account-reads-names = Le personnel est désigné par son rôle.
account-reads-kept = Ces enregistrements sont gardés { $long }.

account-leave-title = Partir
account-leave-lead = Vous pouvez arrêter quand vous voulez. Voici ce que fait chaque étape, et ce que devient ce que nous gardons.
account-withdraw-title = Retirer mes candidatures
account-withdraw-text = { $count ->
    [one] Une candidature est en cours. Une fois retirée, plus personne ne l’examinera. Ce choix est définitif, mais vous pourrez postuler de nouveau.
   *[other] { $count } candidatures sont en cours. Une fois retirées, plus personne ne les examinera. Ce choix est définitif, mais vous pourrez postuler de nouveau.
 }
account-withdraw-action = { $count ->
    [one] Retirer cette candidature
   *[other] Les retirer toutes les { $count }
 }
account-withdraw-none = Aucune de vos candidatures n’est en cours.
account-withdraw-over = Terminées, effacées quand leur durée s’achève
account-sign-out-title = Se déconnecter partout
account-sign-out-text = Vous êtes déconnecté·e de tous vos appareils, et les liens de tous nos e-mails cessent de fonctionner. Pour revenir, demandez un nouveau lien.
account-sign-out-action = Se déconnecter partout
account-erase-title = Faire tout effacer
account-erase-text-html = Écrivez à <a href="mailto:{ $address }">{ $address }</a> : une personne s’en occupe. Sans rien demander, chaque chose est effacée quand sa durée s’achève. Voici ce qu’en dit la politique de confidentialité :

account-link-over-title = Ce lien ne fonctionne plus
account-link-over-text = Il a expiré, ou un autre l’a remplacé. Indiquez l’adresse avec laquelle vous avez postulé : nous vous en envoyons un autre.

done-withdrawn-all = Vos candidatures sont retirées.
done-signed-out-everywhere = Vous êtes déconnecté·e partout, et les liens précédents ne fonctionnent plus.
