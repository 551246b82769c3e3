# The published policy.

privacy-policy = Politique de confidentialité
privacy-version = Version { $version }
privacy-effective-html = En vigueur depuis le { $day }
privacy-updated-html = Modifiée le { $day }
privacy-contents = Sommaire
privacy-print = Imprimer
privacy-versions = Versions précédentes
privacy-clause-link = Lien vers cette clause
privacy-not-offered = Non proposé
privacy-cookie-name = Nom
privacy-cookie-purpose = À quoi il sert
privacy-cookie-kept = Durée
privacy-cookie-consent = Consentement
privacy-consent-exempt = Non requis
privacy-consent-opt_in = Demandé avant

privacy-tracker-necessary = Nécessaire
privacy-tracker-preference = Votre préférence
privacy-tracker-security = Sécurité
privacy-tracker-audience_exempt = Audience, sans consentement
privacy-tracker-analytics = Audience, avec consentement
privacy-tracker-advertising = Publicité
privacy-tracker-email_open = Ouverture des e-mails
privacy-tracker-email_click = Clics dans les e-mails

privacy-register = Registre des traitements
privacy-register-menu = Registre
privacy-register-lead = Le registre de l’article 30 du RGPD, écrit d’après la charte en vigueur : il change avec elle.
privacy-register-csv = Télécharger en CSV
privacy-register-markdown = En Markdown
