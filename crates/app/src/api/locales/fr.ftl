token-title = Jetons d’API
token-new = Un nouveau jeton
token-about-html = Un programme qui présente un jeton agit pour vous : il voit ce que votre rôle peut voir, et ne décide rien. Ce que l’on peut demander est décrit à l’adresse <a href="{ $href }">{ $href }</a>.
token-field-name = Nom
token-field-name-hint = Ce que fait le programme, pour reconnaître le jeton.
token-field-scopes = Ce qu’il permet
token-field-scopes-hint = Aussi peu que le programme en a besoin. Les limites de votre rôle valent aussi.
token-field-days = Durée de validité
token-days =
    { $days ->
        [365] Un an
        [one] { $days } jour
       *[other] { $days } jours
    }
token-scope-vacancies-read = Voir les brouillons et les offres closes
token-scope-vacancies-write = Rédiger, publier et clore des offres
token-scope-applications-read = Voir les candidatures, leurs étapes et les décisions
token-scope-applications-write = Apporter des candidatures et les faire avancer
token-scope-documents-read = Télécharger ce que les personnes ont joint
token-scope-people-read = Rechercher des personnes
token-make = Créer le jeton
token-make-hint = Il ne s’affiche qu’une fois.
token-made = Voici votre jeton. Copiez-le maintenant : il n’est pas conservé et ne sera plus affiché.
token-secret = Le jeton
token-used = Dernière utilisation
token-never = Jamais
token-ends = Valable jusqu’au
token-revoke = Révoquer
token-none-title = Aucun jeton
token-none-text = Créez-en un ci-dessous lorsqu’un programme doit travailler pour vous.
token-need-name = Donnez-lui un nom de 60 caractères au plus.
token-need-scopes = Choisissez au moins une chose qu’il permet.
token-need-days = Choisissez sa durée de validité.
token-too-many = Vous avez 50 jetons. Révoquez d’abord celui qui ne sert plus.
done-token-revoked = Le jeton est révoqué. Il ne fonctionne plus.
