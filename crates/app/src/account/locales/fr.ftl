# Signing in, and the person's own area.

account-sign-in = Se connecter
account-email = Adresse e-mail
account-password = Mot de passe
account-wrong = L’adresse ou le mot de passe ne correspond pas
account-need-email = Indiquez une adresse e-mail, par exemple prenom@exemple.fr
account-need-password = Indiquez votre mot de passe
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
account-staff-never = jamais
account-staff-add = Inviter un membre de l’équipe

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
account-documents-short = Ce que vous avez envoyé, à télécharger.
account-kept-each = Ce qui est gardé
account-kept-identity = Votre nom et vos coordonnées
account-kept-standing = Ce qui va avec votre espace
account-kept-nothing = Rien n’est gardé en ce moment.
account-kept-since-html = Depuis le { $day }
account-kept-until-html = jusqu’au { $day }
account-kept-what = Quoi
account-kept-why = Pour quoi faire
account-kept-basis = Sur quelle base légale
account-kept-readers = Qui peut le lire
account-kept-nobody = Personne d’autre que vous
account-kept-until = Jusqu’à quand

account-reads-title = Qui a lu quoi
account-reads-lead = Toute personne qui ouvre quelque chose de vous est enregistrée avant de le voir. Voici chacun de ces enregistrements, jour par jour.
account-reads-service = le service lui-même, sans intervention humaine
account-reads-service-confirmation = le service lui-même, pour vous envoyer la confirmation
account-reads-service-renewal = le service lui-même, pour vous demander s’il faut garder
account-reads-service-answer = le service lui-même, pour vous envoyer la réponse
account-reads-service-right = le service lui-même, pour vous écrire au sujet de votre demande
account-reads-service-shared = le service lui-même, pour vous dire à qui votre candidature a été transmise
account-reads-service-link = le service lui-même, pour vous envoyer un lien
account-reads-service-mail = le service lui-même, pour vous envoyer un e-mail
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
account-sign-out-title = Fermer tous mes accès
account-sign-out-text = Vous êtes déconnecté·e de tous vos appareils, et les liens de tous nos e-mails cessent de fonctionner. Votre mot de passe et vos clés d’accès, si vous en avez, sont supprimés. Pour revenir, demandez un nouveau lien.
account-sign-out-action = Fermer tous mes accès
account-erase-title = Faire tout effacer
account-erase-text = Tout ce qui est à vous part aussitôt : candidatures, fichiers, messages, espace personnel. Sans rien demander, chaque chose est effacée quand sa durée s’achève. Voici ce qu’en dit la politique de confidentialité :
account-erase-open = Tout effacer maintenant
account-erase-sure = Les candidatures en cours s’arrêtent avec. C’est définitif : la clé qui ouvre vos dossiers est détruite.
account-erase-action = Effacer tout ce qui est à moi
account-alone-label = Et me laisser tranquille ensuite
account-alone-what = Si vous cochez : de votre adresse, nous gardons une empreinte qui ne la dit pas, { $until }. Elle empêche de vous retrouver ailleurs pour vous inscrire ici, et de vous écrire sans que vous l’ayez demandé. Elle ne sert à rien d’autre et disparaît si vous postulez de nouveau.
account-alone-clause = La règle
account-erase-write-html = Ou écrivez à <a href="mailto:{ $address }">{ $address }</a> : une personne s’en occupe.

account-link-over-title = Ce lien ne fonctionne plus
account-link-over-text = Il a expiré, ou un autre l’a remplacé. Indiquez l’adresse avec laquelle vous avez postulé : nous vous en envoyons un autre.

done-withdrawn-all = Vos candidatures sont retirées.
done-signed-out-everywhere = Vous êtes déconnecté·e partout : les liens, mots de passe et clés d’accès d’avant ne fonctionnent plus.
# Mots de passe, sessions.

account-forgot = Mot de passe oublié ?
account-by-password = Se connecter avec un mot de passe
account-by-link = Recevoir plutôt un lien par e-mail
account-person-sign-in = Ouvrir mon espace avec un mot de passe
account-person-sign-in-text = Si vous avez choisi un mot de passe, il ouvre votre espace ici. Sinon, un lien par e-mail suffit.
account-too-often = { $minutes ->
    [one] Trop d’essais erronés depuis cet endroit. Réessayez dans une minute, ou recevez un lien par e-mail.
   *[other] Trop d’essais erronés depuis cet endroit. Réessayez dans { $minutes } minutes, ou recevez un lien par e-mail.
 }
account-recovery-title = Choisir un autre mot de passe
account-recovery-text = Indiquez l’adresse avec laquelle vous vous connectez. Nous y envoyons un lien pour choisir un autre mot de passe.
account-recovery-sent-text = Si un compte a cette adresse, un lien vient d’y partir. Il sert une fois, pendant une heure.
account-choose-recovery-title = Choisir un autre mot de passe
account-choose-recovery-text = Toutes vos sessions seront fermées ; vous vous connecterez à { $site } avec le nouveau mot de passe.
account-choose-invitation-title = Bienvenue
account-choose-invitation-text = Choisissez le mot de passe de votre compte chez { $site }.
account-password-over-title = Ce lien ne sert plus
account-password-over-text = Il a déjà servi ou a expiré. Connectez-vous, demandez-y un autre lien, ou adressez-vous à la personne qui vous a invité.
account-password-new = Nouveau mot de passe
account-password-current = Mot de passe actuel
account-password-hint = Au moins { $count } caractères : quelques mots sans rapport entre eux se retiennent le mieux. Votre navigateur peut en créer un et le garder.
account-password-short = Trop court : au moins { $count } caractères
account-password-long = Trop long : au plus { $count } caractères
account-password-common = C’est l’un des premiers mots de passe que n’importe qui essaierait. Prenez quelques mots sans rapport entre eux.
account-password-not-current = Ce n’est pas votre mot de passe actuel
account-password-has = Votre compte a un mot de passe.
account-password-none = Votre compte n’a pas de mot de passe : vous entrez par un lien vers votre messagerie. Vous pouvez en choisir un pour entrer sans lien.
account-password-save = Enregistrer le mot de passe
account-password-change = Changer le mot de passe
account-password-ends = L’enregistrement ferme vos autres sessions.
account-security-title = Connexion et sécurité
account-sessions-title = Vos sessions ouvertes
account-device = { $browser } sur { $system }
account-browser-firefox = Firefox
account-browser-edge = Edge
account-browser-opera = Opera
account-browser-chrome = Chrome
account-browser-safari = Safari
account-browser-other = un navigateur
account-system-windows = Windows
account-system-android = Android
account-system-ios = iPhone ou iPad
account-system-mac = Mac
account-system-linux = Linux
account-system-other = un appareil inconnu
account-session-current = celle-ci
account-session-since-html = depuis le { $since }, utilisée le { $used }
account-session-end = Fermer
account-session-end-others = Fermer toutes les autres
account-session-end-all = Fermer toutes les sessions

account-mail-recovery-subject = Choisir un autre mot de passe chez { $site }
account-mail-recovery-text = Voici le lien pour choisir un autre mot de passe chez { $site } :
account-mail-recovery-ends = Il sert une fois, pendant une heure.
account-mail-recovery-not-you = Si vous ne l’avez pas demandé, vous n’avez rien à faire : votre mot de passe reste le même.
account-mail-invitation-subject = Votre compte chez { $site }
account-mail-invitation-text = Un compte vous a été ouvert chez { $site }. Choisissez son mot de passe ici :
account-mail-invitation-ends = Le lien sert une fois, pendant sept jours.
account-mail-invitation-not-you = Si vous ne savez pas de quoi il s’agit, vous n’avez rien à faire.

account-staff-given-name = Prénom
account-staff-family-name = Nom
account-staff-open = Ouvert
account-staff-invited = Invitation envoyée
account-staff-ended = Fermé
account-staff-actions = Actions possibles
account-staff-own = Votre propre compte
account-staff-role-of = Rôle de { $name }
account-staff-change = Changer
account-staff-invited-until-html = lien valable { $until }
account-staff-invitation-over = lien expiré
account-staff-invite-again = Inviter à nouveau
account-staff-take-back = Retirer l’invitation
account-staff-end = Fermer le compte
account-staff-end-text = Sessions, jetons et mots de passe prennent fin aussitôt. C’est définitif ; vous pourrez inviter à nouveau la personne.
account-staff-end-confirm = Fermer maintenant
account-staff-add-text = La personne reçoit un e-mail avec un lien pour choisir son mot de passe. D’ici là, nul ne peut entrer.
account-staff-invite = Envoyer l’invitation
account-staff-need-name = Indiquez un nom de 100 caractères au plus
account-staff-need-role = Choisissez un rôle
account-staff-taken = Un membre de l’équipe se connecte déjà avec cette adresse : voyez la liste ci-dessus

account-menu-details = Mes coordonnées
account-trust-details = Votre adresse, votre langue, et ce qui a été envoyé avec la même adresse.
account-duplicates-note = { $count ->
    [one] Une autre candidature a été envoyée avec votre adresse e-mail. Si c’était vous, retrouvez les deux ici.
   *[other] { $count } autres personnes ont postulé avec votre adresse e-mail. Si c’était vous, retrouvez tout ici.
 }
account-duplicates-see = Regarder

account-details-title = Mes coordonnées
account-details-given = Telles que vous les avez données
account-details-name = Nom
account-details-phone = Téléphone

account-address-title = Adresse e-mail
account-address-now = Nous écrivons à :
account-address-how = Pour la changer, nous envoyons un lien à la nouvelle adresse et un autre à l’ancienne. Rien ne change tant que vous n’avez pas confirmé dans les deux.
account-address-new = Nouvelle adresse e-mail
account-address-ask = Changer mon adresse
account-address-same = C’est déjà votre adresse : indiquez-en une autre
account-address-too-soon = Vous venez de le demander : attendez une minute, puis réessayez
account-address-pending = Changement en attente vers { $to }
account-address-new-mailbox = Nouvelle messagerie
account-address-old-mailbox = Messagerie actuelle
account-address-said-yes = Confirmée
account-address-awaited = Ouvrez l’e-mail qui y est arrivé
account-address-ends-html = Jusqu’au { $at } ; passé ce délai, rien n’aura changé.
account-address-cancel = Ne pas la changer
account-address-lost = Je n’ai plus accès à mon ancienne messagerie
account-address-lost-html = Écrivez à <a href="mailto:{ $address }">{ $address }</a> depuis la nouvelle adresse. Une personne s’assure que c’est bien vous avant de changer quoi que ce soit : ainsi, nul autre ne peut s’emparer de vos candidatures.
account-address-confirm = Confirmer
account-address-ask-old-title = Changement d’adresse
account-address-ask-old-text = Confirmez seulement si vous avez demandé à changer d’adresse. Cette messagerie n’ouvrira alors plus vos candidatures.
account-address-ask-new-title = Votre nouvelle adresse
account-address-ask-new-text = Confirmez seulement si vous avez demandé à utiliser cette adresse pour vos candidatures.
account-address-waiting-old-title = La nouvelle adresse est confirmée
account-address-waiting-old-text = Encore une étape : ouvrez l’e-mail arrivé dans votre ancienne messagerie et confirmez là aussi. Rien ne change d’ici là.
account-address-waiting-new-title = L’ancienne adresse est confirmée
account-address-waiting-new-text = Encore une étape : ouvrez l’e-mail arrivé dans votre nouvelle messagerie et confirmez là aussi. Rien ne change d’ici là.
account-address-changed-title = Votre adresse est changée
account-address-changed-text = Nous écrivons désormais à la nouvelle. Les liens des e-mails précédents ne fonctionnent plus : demandez-en un nouveau à cette adresse.
account-address-over-title = Ce lien ne fonctionne plus
account-address-over-text = Il a expiré, un autre l’a remplacé, ou le changement est déjà fait. L’ouvrir n’a rien changé.

account-language-title = Langue
account-language-text = Celle de nos pages et des e-mails que vous recevez.
account-language-which = Quelle langue ?
account-language-fr = Français
account-language-en = Anglais
account-language-keep = Garder cette langue

account-joined-title = Envoyé avec la même adresse
account-duplicates-text = { $count ->
    [one] Ceci a été envoyé avec votre adresse e-mail, sous un nom et des coordonnées à part. Si c’était vous, réunissez le tout au même endroit. Sinon, n’y touchez pas : rien ne change.
   *[other] Ceci a été envoyé avec votre adresse e-mail, chaque fois sous un nom et des coordonnées à part. Réunissez ce qui est à vous pour tout voir au même endroit. Ne touchez pas au reste : rien ne change.
 }
account-join = C’était moi : réunir
account-joined-text = Vous les avez réunies. Les séparer n’y change rien.
account-part = Séparer

account-mail-address-subject = Votre adresse chez { $site }
account-mail-address-old = Vous, ou quelqu’un dans votre espace chez { $site }, nous a demandé d’écrire désormais à une autre adresse :
account-mail-address-new = Quelqu’un nous a demandé d’utiliser cette adresse pour ses candidatures chez { $site }.
account-mail-address-confirm = Si c’était vous, confirmez ici :
account-mail-address-ends = Le lien fonctionne pendant un jour. Rien ne change tant que les deux adresses, l’ancienne et la nouvelle, n’ont pas confirmé.
account-mail-address-not-you-old = Si ce n’était pas vous, ne confirmez pas : rien ne changera. Ouvrez ensuite votre espace et déconnectez-vous partout.

done-address-asked = Deux e-mails sont partis : l’un à la nouvelle adresse, l’autre à l’ancienne. Confirmez dans les deux.
done-address-cancelled = Rien n’est changé. Les deux liens ne fonctionnent plus.
done-language-kept = C’est noté : nous utilisons désormais cette langue.
done-joined = Réunies : vous voyez désormais tout au même endroit.
done-parted = Séparées : chacune est de nouveau à part.

# Le second facteur, les clés d’accès.

account-code = Code
account-code-title = Encore une étape
account-code-text = Indiquez le code que montre votre application, ou l’un de ceux que vous gardez sur papier.
account-code-wrong = Ce code ne convient pas ou a déjà servi. Indiquez celui que votre application montre maintenant.
account-code-lost = Si vous n’avez ni l’application ni un code, adressez-vous à la personne qui gère les comptes.
account-code-passkey = Votre compte demande deux facteurs. Continuez avec votre clé d’accès.
account-code-scripts = Une clé d’accès demande JavaScript : autorisez-le pour ce site, puis rechargez cette page.
account-code-passkey-lost = Si vous n’avez plus la clé d’accès, adressez-vous à la personne qui gère les comptes.
account-setup-text = Votre rôle se connecte par deux facteurs : votre mot de passe, et l’un de ceux-ci. Choisissez maintenant ; cela prend une minute.
account-setup-passkey = Une clé d’accès
account-setup-app = Une application de votre téléphone donne un code, que vous indiquez après votre mot de passe.
account-setup-failed = Cela n’a pas fonctionné. Réessayez, ou installez une application.
account-app-title = Codes d’une application
account-app-name = Bureau
account-app-text = En plus de votre mot de passe, la connexion demandera un code que donne une application de votre téléphone.
account-app-begin = Installer une application
account-app-scan = Scannez ceci avec une application d’authentification.
account-app-qr = Code QR pour une application d’authentification
account-app-here = L’application est sur cet appareil
account-app-type = Ou saisissez ceci dans l’application :
account-app-first = Indiquez le code que montre l’application.
account-app-confirm = Confirmer
account-codes-title = Codes à garder sur papier
account-codes-text = Chacun ouvre votre compte une fois, quand vous n’avez pas l’application. Imprimez-les ou notez-les ; ils ne sont montrés que maintenant.
account-codes-kept = Je les ai gardés
account-factor-title = Second facteur
account-factor-has = { $count ->
    [one] Une application donne des codes pour votre compte. Il vous reste 1 code sur papier.
   *[other] Une application donne des codes pour votre compte. Il vous reste { $count } codes sur papier.
 }
account-factor-none = Un mot de passe seul ouvre votre compte. Avec le code d’une application, un mot de passe volé ne sert à rien.
account-factor-required = Votre rôle demande deux facteurs : utilisez une clé d’accès, ou installez une application.
account-factor-replace = Utiliser une autre application
account-factor-codes = Nouveaux codes sur papier
account-factor-remove = Ne plus demander de code
account-factor-last = Votre rôle demande deux facteurs (clause { $clause } de la politique) : ajoutez-en un autre avant de retirer celui-ci.
account-passkeys-title = Clés d’accès
account-passkeys-text = Une clé d’accès vous connecte avec l’empreinte, le visage ou le code de votre appareil : rien à saisir, rien à voler.
account-passkeys-scripts = Ajouter une clé d’accès demande JavaScript.
account-passkey-add = Ajouter une clé d’accès
account-passkey-enter = Se connecter avec une clé d’accès
account-passkey-failed = Cela n’a pas fonctionné. Réessayez, ou connectez-vous autrement.
account-passkey-unknown = Cette clé d’accès n’ouvre aucun compte ici. Connectez-vous autrement.
account-passkey-many = Vous avez autant de clés d’accès qu’il est possible. Retirez-en une d’abord.
account-passkey-since-html = ajoutée le { $since }
account-passkey-used-html = · utilisée le { $used }
account-staff-reset = Réinitialiser le second facteur
account-one-of-two = Donnez une adresse e-mail ou des mots d’un nom.
