//! Owns: the trades of offices, in French. Doesn't own: those of workshops, sites and wards ([`super::field`]).

use super::super::trade::Pieces;

pub(in super::super) const ACCOUNTING: Pieces = Pieces {
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

pub(in super::super) const COMMUNICATION: Pieces = Pieces {
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

pub(in super::super) const DATA: Pieces = Pieces {
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

pub(in super::super) const LAW: Pieces = Pieces {
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

pub(in super::super) const PEOPLE: Pieces = Pieces {
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

pub(in super::super) const PURCHASING: Pieces = Pieces {
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

pub(in super::super) const SALES: Pieces = Pieces {
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

pub(in super::super) const SOFTWARE: Pieces = Pieces {
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

pub(in super::super) const SYSTEMS: Pieces = Pieces {
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
