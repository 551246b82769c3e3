# Les pages de la démonstration.

demo-title = Démonstration
demo-heading = Essayez Vivier
demo-lead = Deux sites fonctionnent ici, chacun selon sa propre politique de confidentialité. Les organisations et les personnes sont inventées ; tout disparaît quand vous arrêtez la démonstration, sauf si vous lui avez donné un dossier.
demo-visit = Voir le site
demo-sign-in = Se connecter en tant que
demo-site-careers = Le site carrières d’un groupe : des offres, des candidatures, un service recrutement.
demo-site-agency = Un cabinet de recrutement : chaque consultant·e voit les candidatures à ses propres offres.
demo-role-recruiter = Recrutement
demo-role-consultant = Consultant·e
demo-role-sales = Commercial
demo-role-webmaster = Webmaster
demo-role-it = Informatique
demo-role-dpo = Délégué·e à la protection des données
demo-role-admin = Administration
demo-role-candidate = Candidat·e
demo-password = Ou connectez-vous par adresse et mot de passe ; le mot de passe de tous est
demo-mails = E-mails
demo-mails-lead = Une démonstration garde ses e-mails au lieu de les envoyer. Les voici, du plus récent au plus ancien.
demo-mail-leaves-html = part le { $at }
demo-no-mails = Aucun e-mail pour le moment.
demo-lost-lead = Cette adresse ne mène nulle part. La page de départ de la démonstration donne accès aux deux sites et aux connexions ; les pages d’un site se trouvent sous sa propre adresse.
demo-lost-back = Retour à la page de départ
