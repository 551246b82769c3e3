//! Owns: the trades of workshops, sites and wards, in French. Doesn't own: those of offices ([`super::office`]).

use super::super::trade::Pieces;

pub(in super::super) const ELECTRICITY: Pieces = Pieces {
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

pub(in super::super) const LOGISTICS: Pieces = Pieces {
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

pub(in super::super) const MAINTENANCE: Pieces = Pieces {
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

pub(in super::super) const NURSING: Pieces = Pieces {
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

pub(in super::super) const PROJECT: Pieces = Pieces {
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

pub(in super::super) const SAFETY: Pieces = Pieces {
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

pub(in super::super) const WELDING: Pieces = Pieces {
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
