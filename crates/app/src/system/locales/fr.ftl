# Textes que plusieurs capacités partagent.

menu-jobs = Offres
menu-apply = Candidature spontanée
menu-contact = Contact
menu-mine = Mes candidatures

mail-hello = Bonjour,
mail-hello-name = Bonjour { $name },

list-page-lost = Cette page de la liste n’existe pas ou plus : en voici la première.

done-moved = La candidature a changé d’étape.
done-refused = Refus enregistré. Il peut être annulé tant que son e-mail n’est pas parti.
done-undone = Refus annulé. Aucun e-mail n’est parti.
done-mail-settled = C’est noté.
done-withdrawn = Votre candidature est retirée.
done-signed-out = Vous êtes déconnecté·e.
done-password-set = Votre mot de passe est enregistré. Connectez-vous avec lui.
done-password-changed = Votre mot de passe est changé. Vos autres sessions sont fermées.
done-session-ended = C’est fait : la session est fermée.
done-invited = L’invitation est partie.
done-role-changed = Le rôle est changé. La personne se reconnectera avec lui.
done-account-ended = Le compte est fermé.
done-factor-removed = La connexion ne demande plus de code.
done-passkey-added = La clé d’accès est ajoutée.
done-passkey-removed = La clé d’accès est retirée. Retirez-la aussi de votre appareil.
done-factors-reset = Le second facteur est réinitialisé. La personne se connecte avec son mot de passe et en choisit un autre.
done-charter-activated = Activée : elle s’applique à partir du jour choisi.
done-charter-withdrawn = Retirée : la version en vigueur demeure.
done-vacancy-saved = Enregistré.
done-vacancy-published = Publiée : l’offre reçoit des candidatures.
done-vacancy-closed = Fermée : l’offre ne reçoit plus de candidatures.
done-message-passed = Transmis comme demande de client.
done-message-taken-back = Le message n’est plus transmis.
done-message-addressed = Le message est confié.
done-message-unaddressed = Le message n’est plus confié à personne.
done-message-reopened = Le message est à traiter.
done-message-relevant = C’est noté : pertinent.
done-message-irrelevant = C’est noté : sans intérêt. Vous pouvez l’annuler pendant un quart d’heure.
done-message-answered = Votre réponse est enregistrée et part par e-mail.

form-only-if = À remplir seulement si « { $other } » est « { $is } ».
form-withdrawable = Vous pouvez retirer ce consentement à tout moment.
form-agreement = Votre envoi n’en dépend pas. Vous pourrez retirer cet accord à tout moment, d’un clic, dans votre espace.
form-keeps = Ce que nous gardons, et jusqu’à quand
form-keeps-why = Pour quoi faire
form-keeps-basis = Sur quelle base légale
form-keeps-readers = Qui les lit
form-keeps-until = Jusqu’à quand

flaw-missing = { $label } : cette réponse est nécessaire
flaw-not-confirmed = Cochez cette case pour envoyer le formulaire
flaw-too-long = { $label } : { $most } caractères au plus
flaw-not-an-email = { $label } : indiquez une adresse telle que nom@exemple.fr
flaw-not-a-phone = { $label } : indiquez un numéro tel que 06 12 34 56 78 ou +33 6 12 34 56 78
flaw-not-a-choice = { $label } : choisissez l’une des réponses proposées
flaw-file-empty = { $label } : ce fichier est vide ; choisissez-en un autre
flaw-file-too-large = { $label } : ce fichier dépasse { $most } Mo ; choisissez-en un plus léger
flaw-file-type = { $label } : ce n’est pas un fichier accepté ({ $kinds }), ou il n’est pas ce que dit son nom
flaw-too-many-files = { $label } : { $most } fichiers au plus
flaw-file-lost = { $label } : trop de temps a passé ; joignez ce fichier à nouveau
