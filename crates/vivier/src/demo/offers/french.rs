//! Owns: what is said in French about each trade. Doesn't own: how it is put together, nor its narrow spaces.

use super::trade::Pieces;

pub(super) const ACCOUNTING: Pieces = Pieces {
    missions: [
        "Tenir la comptabilité générale et préparer les arrêtés mensuels",
        "Établir les déclarations de TVA et les liasses avec le cabinet d’expertise",
        "Rapprocher les comptes bancaires et suivre les écarts jusqu’à leur explication",
        "Contrôler les factures des fournisseurs et préparer les règlements de la semaine",
        "Répondre aux commissaires aux comptes avec des pièces classées et complètes",
        "Simplifier les procédures de saisie avec l’équipe informatique",
    ],
    profile: [
        "Une formation comptable (BTS, DCG ou équivalent), ou la même chose apprise en poste",
        "De l’aisance avec un progiciel comptable et un tableur, quel que soit leur nom",
        "Le goût du chiffre juste et des explications claires aux collègues d’autres métiers",
        "La discrétion que demandent les salaires et les contrats",
    ],
    motives: [
        "Je tiens les comptes d’une entreprise de quarante personnes depuis cinq ans. J’y ai ramené la clôture de douze à six jours, surtout en parlant plus tôt avec les ateliers, et j’aimerais retrouver une équipe comptable avec laquelle partager ces méthodes.",
        "Passer d’un cabinet à une entreprise m’attire : je veux suivre une année entière, des premières factures au bilan, plutôt que des dossiers qui se succèdent. Les rapprochements difficiles et les écarts tenaces sont ce que je préfère.",
    ],
    roles: [
        "Assistant·e comptable",
        "Comptable général·e",
        "Comptable principal·e",
    ],
    degrees: [
        "Diplôme de comptabilité et de gestion (DCG)",
        "BTS Comptabilité et gestion",
    ],
    skills: [
        "Clôtures mensuelles",
        "TVA",
        "Tableur avancé",
        "Progiciel comptable",
        "Immobilisations",
        "Trésorerie",
    ],
};

pub(super) const COMMUNICATION: Pieces = Pieces {
    missions: [
        "Écrire pour le site, la lettre interne et les réseaux, dans une langue que chacun comprend",
        "Préparer les prises de parole des équipes et relire leurs supports",
        "Suivre les agences, les imprimeurs et les photographes, du devis à la livraison",
        "Organiser les journées portes ouvertes et la présence sur les salons",
        "Mesurer ce qui est lu, et arrêter ce qui ne l’est pas",
        "Veiller à l’accessibilité des documents et des vidéos publiés",
    ],
    profile: [
        "Une plume nette, en français d’abord, en anglais si possible",
        "Une première expérience en communication, en presse ou dans l’édition",
        "La patience d’aller chercher l’information là où elle se trouve",
        "Des notions de mise en page et de montage, sans viser le métier de graphiste",
    ],
    motives: [
        "J’aime aller voir les gens au travail et raconter ce qu’ils font sans l’enjoliver. Dans mon poste actuel, la lettre interne que j’ai reprise est passée de dix pages à deux, et on la lit enfin.",
        "Après trois ans en rédaction locale, je souhaite écrire pour une organisation et voir ce que mes textes changent. Je sais tenir un calendrier, interroger une spécialiste et rendre une page claire le soir même.",
    ],
    roles: [
        "Assistant·e de communication",
        "Rédacteur·rice web",
        "Chargé·e de communication",
    ],
    degrees: [
        "Master Communication des organisations",
        "Licence de lettres modernes",
    ],
    skills: [
        "Rédaction",
        "Relecture",
        "Mise en page",
        "Relations presse",
        "Accessibilité",
        "Événements",
    ],
};

pub(super) const DATA: Pieces = Pieces {
    missions: [
        "Construire des chaînes de données fiables, testées et documentées",
        "Traduire une question de terrain en analyse, puis la réponse en quelques phrases",
        "Tenir à jour les tableaux de bord, et supprimer ceux que personne n’ouvre",
        "Contrôler la qualité des données avec celles et ceux qui les saisissent",
        "Évaluer les modèles sur des cas réels avant toute mise en service",
        "Veiller à ne garder que les données utiles, et pas plus longtemps que prévu",
    ],
    profile: [
        "Une bonne pratique de SQL et de Python, en équipe et avec relecture",
        "Des bases solides en statistique et la prudence qui va avec",
        "L’habitude d’expliquer un résultat, ses limites et son incertitude",
        "De la curiosité pour le métier des personnes que servent les données",
    ],
    motives: [
        "Mes analyses ont surtout servi quand je les ai discutées sur place : une prévision de pannes n’a de valeur que si l’atelier y croit. Je cherche une équipe qui teste ses chiffres avant de les montrer.",
        "Je construis des chaînes de données depuis quatre ans, avec une préférence pour ce qui est sobre, testé et relu. J’aimerais appliquer cette rigueur à des données de terrain, imparfaites mais proches de vrais problèmes.",
    ],
    roles: [
        "Analyste de données junior",
        "Analyste de données",
        "Ingénieur·e données",
    ],
    degrees: [
        "Master Statistique et informatique",
        "Licence de mathématiques appliquées",
    ],
    skills: [
        "SQL",
        "Python",
        "Statistique",
        "Tests de données",
        "Visualisation",
        "Orchestration",
    ],
};

pub(super) const ELECTRICITY: Pieces = Pieces {
    missions: [
        "Poser, raccorder et contrôler les installations selon les plans et les normes",
        "Rechercher les pannes méthodiquement, réparer et consigner ce qui a été fait",
        "Préparer les consignations et vérifier l’absence de tension avant chaque intervention",
        "Mettre en service les équipements avec le client et lui en expliquer la conduite",
        "Relever les mesures et compléter le dossier de l’installation",
        "Accompagner les apprenti·e·s sur le chantier",
    ],
    profile: [
        "Un diplôme en électrotechnique, ou plusieurs années de chantier",
        "Des habilitations électriques à jour, ou l’envie de les passer avec nous",
        "Le respect des règles de sécurité, y compris quand le temps manque",
        "Le permis B pour rejoindre les chantiers avec un véhicule de service",
    ],
    motives: [
        "Je câble et dépanne des armoires depuis six ans, du tertiaire à l’industrie. Ce qui me plaît : comprendre une panne avec un schéma et un multimètre, puis laisser une installation plus propre que je ne l’ai trouvée.",
        "L’énergie change vite, et je veux y prendre part sur le terrain. J’ai suivi l’an dernier une formation aux bornes de recharge et au photovoltaïque, et je cherche des chantiers où m’en servir en équipe.",
    ],
    roles: [
        "Aide-électricien·ne",
        "Électricien·ne de chantier",
        "Électrotechnicien·ne",
    ],
    degrees: [
        "BTS Électrotechnique",
        "Bac professionnel Métiers de l’électricité",
    ],
    skills: [
        "Habilitations B2V et BR",
        "Lecture de schémas",
        "Recherche de pannes",
        "Mise en service",
        "Courants faibles",
        "Travail en hauteur",
    ],
};

pub(super) const LAW: Pieces = Pieces {
    missions: [
        "Rédiger et négocier les contrats avec les équipes qui les exécuteront",
        "Répondre aux questions du quotidien par des avis courts et utilisables",
        "Suivre les contentieux avec les avocats et en tenir le calendrier",
        "Tenir le registre des traitements avec la personne déléguée à la protection des données",
        "Former les équipes aux clauses qui causent le plus de litiges",
        "Surveiller les textes nouveaux et dire ce qu’ils changent, sans jargon",
    ],
    profile: [
        "Un master de droit des affaires ou une expérience équivalente en entreprise",
        "Une écriture brève, et le courage de dire non avec une solution de rechange",
        "Un anglais juridique suffisant pour relire un contrat",
        "L’organisation nécessaire pour tenir plusieurs dossiers sans en perdre un",
    ],
    motives: [
        "En cabinet, j’ai surtout vu les contrats quand ils tournaient mal. Je souhaite maintenant les écrire assez clairement pour qu’ils tournent bien, au plus près des équipes qui les signent et qui les vivent.",
        "Le droit m’intéresse quand il sert : une clause que chacun comprend, un litige évité par un appel. J’ai rédigé quarante contrats types l’an passé, divisés par deux en longueur et mieux suivis.",
    ],
    roles: ["Juriste junior", "Juriste contrats", "Juriste d’affaires"],
    degrees: ["Master Droit des affaires", "Licence de droit"],
    skills: [
        "Droit des contrats",
        "Négociation",
        "RGPD",
        "Contentieux",
        "Anglais juridique",
        "Veille",
    ],
};

pub(super) const LOGISTICS: Pieces = Pieces {
    missions: [
        "Organiser les réceptions, les préparations et les départs de la journée",
        "Tenir un stock juste, par des comptages courts et réguliers",
        "Planifier les tournées avec les transporteurs et prévenir tôt en cas de retard",
        "Suivre les litiges de livraison jusqu’à leur règlement",
        "Faire vivre les règles de circulation et de manutention sur le quai",
        "Proposer des rangements qui évitent les pas et les charges inutiles",
    ],
    profile: [
        "Une expérience en entrepôt, en transport ou en approvisionnement",
        "De l’aisance avec un logiciel de gestion de stock",
        "Du calme les jours de pointe, et le réflexe de prévenir",
        "Les CACES utiles, ou l’accord pour les passer à notre charge",
    ],
    motives: [
        "J’ai commencé sur le quai, à la préparation, avant de planifier les départs. Je connais donc les deux côtés d’un retard, et j’aime chercher avec les équipes ce qui fera qu’il ne se reproduise pas.",
        "Un stock juste et des départs à l’heure demandent de la méthode plus que des efforts. Dans mon entrepôt actuel, les comptages tournants que j’ai proposés ont divisé les écarts par trois.",
    ],
    roles: [
        "Préparateur·rice de commandes",
        "Agent·e logistique",
        "Gestionnaire de stock",
    ],
    degrees: [
        "BTS Gestion des transports et logistique associée",
        "Bac professionnel Logistique",
    ],
    skills: [
        "Gestion de stock",
        "CACES 1, 3 et 5",
        "Plan de transport",
        "Inventaires",
        "Tableur",
        "Gestes et postures",
    ],
};

pub(super) const MAINTENANCE: Pieces = Pieces {
    missions: [
        "Diagnostiquer les pannes mécaniques, électriques et d’automatisme, puis réparer",
        "Conduire les visites préventives et ajuster leur fréquence selon l’usure constatée",
        "Renseigner chaque intervention dans la GMAO pour que la suivante soit plus courte",
        "Proposer des améliorations qui suppriment les pannes répétées",
        "Préparer les arrêts techniques avec la production et les sous-traitants",
        "Tenir le stock des pièces critiques et leurs délais",
    ],
    profile: [
        "Une formation en maintenance (bac pro, BTS) ou un parcours d’atelier équivalent",
        "La lecture de schémas électriques, pneumatiques et hydrauliques",
        "Le réflexe de la consignation avant tout démontage",
        "L’envie de transmettre, car nous accueillons des apprenti·e·s",
    ],
    motives: [
        "Une machine qui retombe deux fois en panne pour la même raison m’empêche de dormir. J’ai appris à chercher la cause plutôt qu’à changer la pièce, et à l’écrire pour l’équipe suivante.",
        "Huit ans de dépannage en poste m’ont donné de bons réflexes ; je cherche maintenant un service où le préventif compte autant, avec du temps pour préparer, mesurer et améliorer.",
    ],
    roles: [
        "Agent·e de maintenance",
        "Technicien·ne de maintenance",
        "Technicien·ne méthodes maintenance",
    ],
    degrees: [
        "BTS Maintenance des systèmes",
        "Bac professionnel Maintenance des équipements industriels",
    ],
    skills: [
        "GMAO",
        "Automatismes",
        "Hydraulique",
        "Pneumatique",
        "Analyse vibratoire",
        "Consignation",
    ],
};

pub(super) const NURSING: Pieces = Pieces {
    missions: [
        "Réaliser les soins et les surveillances, et en garder une trace écrite précise",
        "Accueillir chaque personne et ses proches, expliquer les soins avec des mots simples",
        "Préparer les traitements selon les prescriptions et vérifier chaque étape",
        "Repérer les signes d’alerte et prévenir l’équipe médicale sans attendre",
        "Accompagner les étudiant·e·s en soins infirmiers pendant leur stage",
        "Prendre part aux groupes de travail sur la douleur, l’hygiène et la prévention",
    ],
    profile: [
        "Le diplôme d’État d’infirmier·ère ; les premiers postes sont bienvenus",
        "Une écoute attentive et une transmission claire, à l’oral comme à l’écrit",
        "Le sens du travail en équipe, avec toutes les professions",
        "Une organisation qui laisse de la place à l’imprévu",
    ],
    motives: [
        "Après quatre ans en médecine polyvalente, je souhaite un service où l’on a le temps d’expliquer. Les transmissions soignées et l’accueil des proches sont les moments où je me sens le plus utile.",
        "J’ai exercé de nuit puis de jour, en établissement et à domicile. J’en garde l’habitude de décider avec calme, de noter précisément et de demander de l’aide tôt. L’accompagnement des étudiant·e·s me tient à cœur.",
    ],
    roles: [
        "Aide-soignant·e",
        "Infirmier·ère en médecine polyvalente",
        "Infirmier·ère diplômé·e d’État",
    ],
    degrees: [
        "Diplôme d’État d’infirmier·ère",
        "Diplôme d’État d’aide-soignant·e",
    ],
    skills: [
        "Soins techniques",
        "Dossier de soins informatisé",
        "Pansements complexes",
        "Prise en charge de la douleur",
        "Éducation à la santé",
        "Gestes d’urgence (AFGSU 2)",
    ],
};

pub(super) const PEOPLE: Pieces = Pieces {
    missions: [
        "Accompagner les responsables d’équipe, de l’annonce du besoin à l’accueil",
        "Répondre à chaque candidature, y compris par un refus expliqué",
        "Tenir les dossiers du personnel, à jour et sans rien de superflu",
        "Préparer les éléments variables de la paie avec le service dédié",
        "Construire le plan de formation à partir des besoins dits, et non supposés",
        "Préparer les réunions avec les représentant·e·s du personnel",
    ],
    profile: [
        "Une formation en ressources humaines, ou une reconversion mûrie",
        "La connaissance du droit du travail, et le réflexe de vérifier",
        "Une écoute égale pour tous, dans l’atelier comme au siège",
        "Une discrétion absolue sur les situations personnelles",
    ],
    motives: [
        "Je crois qu’un recrutement réussi commence par une annonce honnête et finit par un accueil préparé. Dans mon poste actuel, chaque personne reçoit une réponse en moins de dix jours, et cela change tout.",
        "Mon parcours d’atelier, avant les ressources humaines, m’aide à comprendre ce que vivent les équipes. Je souhaite un poste généraliste où suivre les personnes dans la durée, de l’embauche à la formation.",
    ],
    roles: [
        "Assistant·e ressources humaines",
        "Chargé·e de recrutement",
        "Chargé·e de ressources humaines",
    ],
    degrees: [
        "Master Gestion des ressources humaines",
        "Licence Administration économique et sociale",
    ],
    skills: [
        "Recrutement",
        "Droit du travail",
        "Paie (variables)",
        "Plan de formation",
        "Entretien structuré",
        "SIRH",
    ],
};

pub(super) const PROJECT: Pieces = Pieces {
    missions: [
        "Tenir le planning, le budget et les risques, et les dire tels qu’ils sont",
        "Coordonner les études, les achats et les travaux jusqu’à la réception",
        "Animer les réunions de chantier et publier les décisions le jour même",
        "Suivre les sous-traitants et vérifier la qualité de ce qui est livré",
        "Préparer les essais et les dossiers de fin de travaux avec l’exploitant",
        "Tirer de chaque projet quelques leçons écrites, utiles au suivant",
    ],
    profile: [
        "Une formation d’ingénieur·e ou de conducteur·rice de travaux, ou l’équivalent en expérience",
        "Une première conduite de projet, de la commande à la réception",
        "Le sens du concret et l’habitude d’aller voir sur place",
        "De la fermeté sur la sécurité, de la souplesse sur le reste",
    ],
    motives: [
        "Les projets que j’ai conduits se sont bien finis quand les mauvaises nouvelles étaient dites tôt. J’en ai fait une méthode : un point court chaque semaine, des risques chiffrés, des décisions écrites le jour même.",
        "Je dirige des travaux depuis sept ans, entre bureau d’études et chantier. La mise en service est le moment que je préfère, quand l’exploitant prend la main et que tout ce qui fut préparé se vérifie.",
    ],
    roles: [
        "Assistant·e conducteur·rice de travaux",
        "Conducteur·rice de travaux",
        "Chef·fe de projet",
    ],
    degrees: [
        "Diplôme d’ingénieur·e en génie énergétique",
        "DUT Génie thermique et énergie",
    ],
    skills: [
        "Planification",
        "Suivi de budget",
        "Gestion des risques",
        "Réception de travaux",
        "Sous-traitance",
        "Réunions de chantier",
    ],
};

pub(super) const PURCHASING: Pieces = Pieces {
    missions: [
        "Recueillir le besoin, consulter plusieurs fournisseurs et comparer à coût complet",
        "Négocier prix, délais et garanties, puis suivre la tenue des engagements",
        "Rencontrer les fournisseurs chez eux, et régler les écarts avec eux",
        "Sécuriser les pièces critiques par une seconde source",
        "Tenir compte de l’empreinte carbone et des conditions de travail dans le choix",
        "Préparer les contrats-cadres avec le service juridique",
    ],
    profile: [
        "Une expérience des achats techniques ou de l’approvisionnement",
        "De la méthode dans la comparaison, de la loyauté dans la négociation",
        "Un anglais suffisant pour mener un entretien",
        "L’intérêt pour les ateliers, où se voient les vrais besoins",
    ],
    motives: [
        "Un bon achat se juge trois ans plus tard. J’ai appris à comparer à coût complet, à visiter avant de signer et à garder une seconde source, ce qui nous a évité deux arrêts de production.",
        "Avec un passé de technique, je négocie d’autant mieux que je sais à quoi sert la pièce. Je souhaite rejoindre un service achats qui travaille avec les ateliers et traite ses fournisseurs avec loyauté.",
    ],
    roles: [
        "Approvisionneur·se",
        "Acheteur·se junior",
        "Acheteur·se industriel·le",
    ],
    degrees: [
        "Licence professionnelle Achats industriels",
        "BTS Commerce international",
    ],
    skills: [
        "Appels d’offres",
        "Coût complet",
        "Négociation",
        "Contrats-cadres",
        "Anglais professionnel",
        "Achats responsables",
    ],
};

pub(super) const SAFETY: Pieces = Pieces {
    missions: [
        "Visiter les ateliers et les chantiers, observer et parler avec les équipes",
        "Tenir à jour l’évaluation des risques, poste par poste",
        "Analyser les accidents et les presque-accidents, sans chercher de coupable",
        "Former les nouveaux arrivants et les sous-traitants à la sécurité du site",
        "Suivre les contrôles réglementaires, les rejets et les déchets",
        "Préparer les audits avec des preuves, et non avec des classeurs",
    ],
    profile: [
        "Une formation en sécurité, environnement ou prévention des risques",
        "Une présence de terrain : la moitié du temps hors du bureau",
        "De la pédagogie, et la constance de redire sans lasser",
        "La connaissance des normes ISO 45001 et 14001",
    ],
    motives: [
        "La prévention avance quand on demande aux équipes ce qui les gêne. C’est ainsi que, dans mon usine, les accidents de manutention ont baissé de moitié en deux ans, avec des idées venues des postes.",
        "Je préfère dix minutes d’échange au pied de la machine à une affiche de plus. Mon expérience en chantier m’a appris à voir le risque avant l’accident, et à le dire simplement, à tous les niveaux.",
    ],
    roles: [
        "Animateur·rice sécurité",
        "Technicien·ne prévention des risques",
        "Chargé·e de prévention",
    ],
    degrees: [
        "Licence professionnelle Sécurité et environnement",
        "BUT Hygiène, sécurité, environnement",
    ],
    skills: [
        "Évaluation des risques",
        "ISO 45001",
        "Analyse d’accidents",
        "Formation",
        "Plans de prévention",
        "Déchets",
    ],
};

pub(super) const SALES: Pieces = Pieces {
    missions: [
        "Rencontrer les clients, comprendre leurs contraintes et revenir avec une offre juste",
        "Chiffrer les propositions avec les équipes techniques",
        "Suivre chaque affaire jusqu’à la première facture, et après",
        "Tenir un portefeuille à jour, utile à qui reprendrait le secteur",
        "Préparer les réponses aux appels d’offres publics et privés",
        "Rapporter du terrain ce que les clients demandent et que nous n’offrons pas encore",
    ],
    profile: [
        "Une expérience de la vente de services ou de solutions techniques",
        "Une parole fiable : promettre ce que l’on tiendra",
        "L’autonomie pour organiser ses visites et ses semaines",
        "Le permis B, les clients étant rarement près d’une gare",
    ],
    motives: [
        "Je vends des services techniques depuis six ans et mes clients restent, parce que je leur dis aussi quand notre offre ne convient pas. J’aimerais un secteur à développer, avec des équipes solides derrière la promesse.",
        "J’aime la vente longue : trois visites, une étude, une discussion franche sur le prix. Ma dernière année s’est terminée au-dessus de l’objectif, surtout grâce aux clients existants que plus personne n’appelait.",
    ],
    roles: [
        "Assistant·e commercial·e",
        "Technico-commercial·e",
        "Chargé·e d’affaires",
    ],
    degrees: [
        "Licence professionnelle Technico-commercial",
        "BTS Négociation et relation client",
    ],
    skills: [
        "Prospection",
        "Négociation",
        "Appels d’offres",
        "Chiffrage",
        "Gestion de portefeuille",
        "CRM",
    ],
};

pub(super) const SOFTWARE: Pieces = Pieces {
    missions: [
        "Concevoir, écrire et tester des fonctions dont les utilisateurs ont besoin",
        "Relire le code des autres avec soin et accueillir la relecture du sien",
        "Livrer souvent, par petites étapes, et savoir revenir en arrière",
        "Prendre part à l’astreinte légère, et réparer la cause plutôt que le symptôme",
        "Rendre les pages rapides et accessibles, au clavier comme au lecteur d’écran",
        "Écrire la documentation que l’on aurait aimé trouver",
    ],
    profile: [
        "Une bonne maîtrise d’un langage compilé ou typé, et l’envie d’en apprendre d’autres",
        "L’habitude des tests automatisés et de l’intégration continue",
        "Des bases solides en bases de données relationnelles",
        "Le goût du code simple, que l’équipe comprendra dans trois ans",
    ],
    motives: [
        "J’écris des logiciels de gestion depuis cinq ans, et ce sont les utilisateurs assis à côté de moi qui m’ont le plus appris. Je cherche une équipe qui relit, qui teste et qui livre par petites étapes.",
        "Le code simple et bien testé me met de bonne humeur dès le lundi. J’ai récemment remplacé un module de vingt mille lignes par trois mille, sans interruption de service, avec l’aide de toute l’équipe.",
    ],
    roles: [
        "Développeur·se junior",
        "Développeur·se web",
        "Développeur·se back-end",
    ],
    degrees: ["Master Informatique", "BUT Informatique"],
    skills: [
        "Rust",
        "PostgreSQL",
        "Tests automatisés",
        "HTML et CSS accessibles",
        "Git",
        "Intégration continue",
    ],
};

pub(super) const SYSTEMS: Pieces = Pieces {
    missions: [
        "Exploiter les serveurs et les réseaux, et automatiser ce qui se répète",
        "Surveiller, comprendre et corriger les incidents, puis en écrire le récit",
        "Appliquer les correctifs de sécurité dans des délais tenus",
        "Vérifier les sauvegardes en les restaurant pour de bon",
        "Gérer les comptes et les droits, au plus juste",
        "Accompagner les équipes de développement jusqu’à la mise en production",
    ],
    profile: [
        "Une solide pratique de Linux, du réseau et d’un outil d’automatisation",
        "Une culture de la sécurité, sans dramatisation",
        "De la patience avec les personnes que la technique inquiète",
        "L’acceptation d’une astreinte partagée, environ une semaine sur six",
    ],
    motives: [
        "Une sauvegarde que l’on n’a pas restaurée n’en est pas une : j’en ai fait un exercice mensuel. J’aime les infrastructures sobres, bien documentées, que l’on peut reconstruire un dimanche sans appeler personne.",
        "Mon service d’assistance m’a appris à expliquer sans condescendance, l’exploitation à automatiser sans précipitation. Je souhaite réunir les deux dans une équipe qui prend la sécurité au sérieux.",
    ],
    roles: [
        "Technicien·ne d’assistance",
        "Administrateur·rice systèmes",
        "Ingénieur·e systèmes et réseaux",
    ],
    degrees: [
        "Licence professionnelle Réseaux et sécurité",
        "BTS Services informatiques aux organisations",
    ],
    skills: [
        "Linux",
        "Réseaux",
        "Automatisation",
        "Supervision",
        "Sauvegardes",
        "Sécurité",
    ],
};

pub(super) const WELDING: Pieces = Pieces {
    missions: [
        "Préparer, pointer et souder les assemblages selon les plans et les modes opératoires",
        "Contrôler les cordons, reprendre les défauts et renseigner la fiche de suivi",
        "Lire les plans isométriques et préparer les débits",
        "Entretenir le poste, les torches et les gaz",
        "Aider au montage sur site lors des arrêts d’unité",
        "Transmettre les tours de main aux nouveaux arrivants",
    ],
    profile: [
        "Une qualification en TIG, en MIG-MAG ou à l’électrode, ou l’envie de la passer ici",
        "La lecture de plans et le souci du cordon régulier",
        "Le respect des consignes : aspiration, écran, permis de feu",
        "L’acceptation de quelques déplacements, tous indemnisés",
    ],
    motives: [
        "Je soude en TIG depuis sept ans, surtout de l’inox mince pour l’agroalimentaire. J’aime les pièces qui passent la radiographie du premier coup, et montrer aux plus jeunes comment y arriver.",
        "Après une reconversion et un CAP obtenu à l’âge adulte, j’ai trouvé le métier qui me va. Je souhaite maintenant passer de nouvelles qualifications et apprendre la tuyauterie avec des gens expérimentés.",
    ],
    roles: ["Soudeur·se débutant·e", "Soudeur·se", "Soudeur·se TIG qualifié·e"],
    degrees: [
        "Qualification de soudage ISO 9606-1",
        "CAP Réalisations industrielles en chaudronnerie ou soudage",
    ],
    skills: [
        "TIG (141)",
        "MIG-MAG (135)",
        "Lecture d’isométriques",
        "Inox et acier carbone",
        "Contrôle visuel",
        "Permis de feu",
    ],
};
