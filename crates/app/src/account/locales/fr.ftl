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
account-link-sent-text = Si une candidature a été envoyée avec cette adresse, un lien vient d’y partir. Il sert une fois et reste valable peu de temps.
account-link-open-title = Ouvrir mes candidatures
account-link-open-text = Ce lien vous est personnel. Ouvrez vos candidatures sur cet appareil seulement s’il est le vôtre.
account-link-open-action = Ouvrir
account-link-over = Ce lien a déjà servi ou a expiré. Demandez-en un autre.
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
