# The kit's own words. Those of a capability live beside it.

kit-skip = Aller au contenu
kit-main-menu = Menu principal
kit-area-menu = Votre espace
kit-about-menu = À propos du site
kit-language = Langue
kit-policy = Politique de confidentialité, version { $version }
kit-digest = empreinte
kit-cookies = Cookies
kit-public-site = Site public
kit-sign-in = Se connecter
kit-sign-out = Se déconnecter
kit-close = Fermer

kit-undo = Annuler
kit-undo-until = jusqu’à { $hour }
kit-breadcrumb = Fil d’Ariane
kit-pages = Pages
kit-first = Première page
kit-next = Page suivante
kit-filters-on = Filtres actifs
kit-remove = Retirer
kit-chart-table = Les chiffres dans un tableau
kit-automatic = automatique
kit-contest = Contester ce résultat
kit-panel = Dossier
kit-panel-next = Suivant
kit-panel-previous = Précédent

kit-summary = { $count ->
    [one] Une réponse est à corriger
   *[other] { $count } réponses sont à corriger
 }
kit-title-error = Erreur :
kit-error = Erreur :
kit-optional = (facultatif)
kit-choose = Choisir
kit-file-takes = { $kinds }, { $size } au plus
kit-file-size = { $size } au plus
kit-file-kept = joint
kit-file-drop = Choisissez un fichier ou déposez-le ici
kit-file-large = Ce fichier dépasse { $size }. Choisissez-en un plus léger.

kit-keys = Raccourcis clavier
kit-keys-on = Raccourcis d’une seule touche actifs
kit-key-search = Rechercher
kit-key-next = Ligne suivante
kit-key-previous = Ligne précédente
kit-key-enter-name = Entrée
kit-key-enter = Ouvrir le dossier
kit-key-stage = Changer d’étape
kit-key-escape-name = Échap
kit-key-escape = Fermer le dossier
kit-key-help = Cette aide

error-status = Erreur { $status }
error-field-html = Champ refusé : <code>{ $field }</code>
error-clause-html = C’est la clause <a href="{ $href }">{ $clause }</a> de la politique de confidentialité qui le refuse.
error-reference-html = Pour nous en parler, indiquez la référence <strong>{ $reference }</strong>. Elle ne contient rien sur vous.
error-way-home = Revenir à l’accueil
error-way-desk = Revenir au bureau

error-not-found-title = Cette page est introuvable
error-not-found-text = L’adresse est peut-être incomplète, ou la page a été retirée.
error-sign-in-title = Connectez-vous d’abord
error-sign-in-text = Cette page n’est visible qu’une fois la connexion établie.
error-forbidden-title = Cette page ne vous est pas ouverte
error-forbidden-text = Votre rôle ne donne pas accès à cette page. La personne qui administre le site peut vous dire pourquoi.
error-gone-title = Cette page n’existe plus
error-gone-text = Ce qui s’y trouvait a été effacé pour de bon.
error-conflict-title = Quelqu’un vous a devancé
error-conflict-text = La situation a changé entre-temps. Rechargez la page pour voir où en sont les choses.
error-invalid-title = Cette demande est illisible
error-invalid-text = Revenez à la page précédente et recommencez.
error-invalid-repeated = « { $label } » a reçu plusieurs réponses alors qu’une seule est possible. Rien n’a été enregistré. Revenez au formulaire, rechargez-le et remplissez-le de nouveau.
error-too-large-title = C’est trop volumineux
error-too-large-text = Choisissez un fichier plus léger et recommencez.
error-too-large-limit = La limite est de { $limit }. Choisissez un fichier plus léger et recommencez.
error-unsupported-media-title = Ce type de fichier n’est pas accepté
error-unsupported-media-text = Enregistrez le document dans un format accepté et recommencez.
error-unsupported-media-accepted = Formats acceptés : { $accepted }. Enregistrez le document dans l’un d’eux et recommencez.
error-too-many-title = Trop de demandes à la fois
error-too-many-text = Patientez une minute, puis recommencez.
error-unprocessable-title = Nous ne recueillons pas cette information
error-unprocessable-text = Elle ne figure pas parmi celles que nous avons annoncées. Rien n’a été enregistré.
error-unavailable-title = Le service est momentanément indisponible
error-unavailable-text = Rien n’a été enregistré à moitié. Réessayez dans quelques minutes.
error-internal-title = Une erreur est survenue de notre côté
error-internal-text = Elle a été consignée. Réessayez dans quelques minutes.

showcase-title = Le kit
showcase-intro = Tous les composants, dans tous leurs états.
showcase-buttons = Boutons et liens
showcase-badges = Étiquettes
showcase-notices = Messages
showcase-form = Formulaire
showcase-search = Recherche
showcase-table = Tableau
showcase-pages = Pages et vides
showcase-navigation = Navigation
showcase-timeline = Historique
showcase-chart = Mesures
showcase-icons = Icônes
showcase-do = Valider
showcase-link = Un lien
showcase-badge = Étiquette
showcase-note = Une remarque qui tient en une phrase.
showcase-machine = Adéquation estimée : 4 sur 5
showcase-reason-1 = Trois des quatre compétences demandées sont là.
showcase-reason-2 = L’anglais n’est pas mentionné.
showcase-name = Nom
showcase-figure = Nombre
showcase-day = Jour
showcase-all = Tout choisir
showcase-chosen = choisis
showcase-empty-title = Rien ici
showcase-empty-text = Un état vide dit toujours quoi faire.
showcase-code = Exemple de commande
showcase-more = En savoir plus

# What the charter itself says, in this language.
error-refusal = { $fr }
