# Offers: what candidates read, and what staff write.

vacancy-list-title = Offres d’emploi
vacancy-list-heading = Trouvez votre place parmi nous
vacancy-list-description = Les postes à pourvoir chez { $name } : lieu, contrat, rémunération et étapes du recrutement.
vacancy-search = Rechercher une offre
vacancy-search-example = Métier, ville, mot-clé
vacancy-search-go = Rechercher
vacancy-filters = Filtrer les offres
vacancy-filter-go = Appliquer les filtres
vacancy-filter-more = Voir les { $count } autres
vacancy-count = { $count ->
    [0] Aucune offre
    [one] { $count } offre
   *[other] { $count } offres
 }
vacancy-published-ago-html = Publiée { $ago }
vacancy-published-on-html = Publiée le { $day }
vacancy-reference = Référence { $reference }
vacancy-none-title = Aucune offre ne correspond
vacancy-none-text = Essayez avec moins de filtres, ou avec d’autres mots.
vacancy-none-at-all = Il n’y a pas de poste à pourvoir en ce moment. Revenez bientôt.
vacancy-none-action = Voir toutes les offres
vacancy-unsolicited-title = Rien pour vous aujourd’hui ?
vacancy-unsolicited-text = Dites-nous ce que vous aimeriez faire. Nous lisons toutes les candidatures spontanées.
vacancy-unsolicited-action = Envoyer une candidature spontanée

vacancy-in-short = L’offre en bref
vacancy-place = Lieu
vacancy-contract = Contrat
vacancy-remote = Télétravail
vacancy-salary = Rémunération
vacancy-apply = Postuler
vacancy-apply-promise = Une seule page, sans création de compte.
vacancy-others = Voir les autres offres
vacancy-next = Ce qui se passe ensuite
vacancy-similar = Des offres qui y ressemblent
vacancy-closed = Ce poste est pourvu ou retiré : nous ne recevons plus de candidatures.

vacancy-contract-permanent = CDI
vacancy-contract-fixed_term = CDD
vacancy-contract-temporary = Intérim
vacancy-contract-apprenticeship = Alternance
vacancy-contract-internship = Stage
vacancy-contract-freelance = Mission indépendante
vacancy-remote-none = Sur site
vacancy-remote-partial = Télétravail partiel
vacancy-remote-full = Télétravail complet
vacancy-salary-between = { $period ->
    [month] { $low } à { $high } par mois
    [day] { $low } à { $high } par jour
    [hour] { $low } à { $high } de l’heure
   *[year] { $low } à { $high } par an
 }
vacancy-salary-from = { $period ->
    [month] à partir de { $low } par mois
    [day] à partir de { $low } par jour
    [hour] à partir de { $low } de l’heure
   *[year] à partir de { $low } par an
 }
vacancy-salary-up-to = { $period ->
    [month] jusqu’à { $high } par mois
    [day] jusqu’à { $high } par jour
    [hour] jusqu’à { $high } de l’heure
   *[year] jusqu’à { $high } par an
 }
vacancy-salary-is = { $period ->
    [month] { $low } par mois
    [day] { $low } par jour
    [hour] { $low } de l’heure
   *[year] { $low } par an
 }

vacancy-state-draft = Brouillon
vacancy-state-published = En ligne
vacancy-state-closed = Close
vacancy-desk-title = Offres
vacancy-desk-new = Nouvelle offre
vacancy-desk-states = États des offres
vacancy-desk-state = État
vacancy-desk-applications = Candidatures
vacancy-desk-waiting = En attente
vacancy-desk-published = Publiée le
vacancy-desk-none-title = Aucune offre ici
vacancy-desk-none-text = Rédigez une offre : elle reste un brouillon tant que vous ne la publiez pas.
vacancy-desk-see = Voir en ligne
vacancy-desk-publish = Publier
vacancy-desk-close = Clore l’offre
vacancy-desk-save = Enregistrer
vacancy-desk-save-hint = Enregistrer ne publie pas.

vacancy-field-title = Intitulé
vacancy-field-title-hint = Épicène ou aux deux genres, par exemple « chargé·e de recrutement ».
vacancy-field-summary = Résumé
vacancy-field-summary-hint = Une ou deux phrases, pour la liste des offres.
vacancy-field-description = Description
vacancy-field-description-hint = En Markdown : ## pour un titre, - pour une liste.
vacancy-field-next_steps = Étapes du recrutement
vacancy-field-next_steps-hint = Une étape par ligne, avec son délai.
vacancy-field-place = Lieu
vacancy-field-contract = Contrat
vacancy-field-remote = Télétravail
vacancy-field-salary_min = Rémunération minimale
vacancy-field-salary_max = Rémunération maximale
vacancy-field-salary_period = Période
vacancy-field-language = Langue de l’offre
vacancy-flaw-title = Donnez un intitulé au poste
vacancy-flaw-too-long = Ce texte est trop long : raccourcissez-le
vacancy-flaw-place = Indiquez où se trouve le poste
vacancy-flaw-description = Décrivez le poste
vacancy-flaw-salary = La rémunération maximale est inférieure à la minimale : corrigez l’une des deux

vacancy-filter-contract = Contrat
vacancy-filter-remote = Sur site ou à distance
vacancy-filter-place = Lieu
vacancy-tab-all = Toutes
vacancy-tab-draft = Brouillons
vacancy-tab-published = Publiées
vacancy-tab-closed = Fermées
vacancy-field-country = Pays
vacancy-field-country-hint = Deux lettres, par exemple FR.
vacancy-field-currency = Monnaie
vacancy-language-fr = Français
vacancy-language-en = Anglais
vacancy-period-year = par an
vacancy-period-month = par mois
vacancy-period-day = par jour
vacancy-period-hour = de l’heure
vacancy-currency-EUR = Euro
vacancy-currency-CHF = Franc suisse
vacancy-currency-GBP = Livre sterling
vacancy-flaw-country = Indiquez le pays en deux lettres, par exemple FR
vacancy-flaw-choice = Choisissez l’une des réponses proposées
vacancy-flaw-amount = Indiquez un montant tel que 38000 ou 12,50
vacancy-french-only = Les candidatures à cette offre se font en français. En anglais, vous pouvez envoyer une candidature spontanée en nommant le poste.
