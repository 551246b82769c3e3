//! Owns: what invented people write by the contact form, and what they are answered. Doesn't own: who they are
//! ([`super::super::people`]).

use app::contact::model::Sender;
use kernel::Locale;

/// What somebody may write: a group's clients ask for its services, a firm's for people.
pub(super) fn letters(site: &str, sender: Sender, language: Locale) -> &'static [&'static str] {
    match (sender, language) {
        (Sender::Candidate, Locale::Fr) => &CANDIDATES_FR,
        (Sender::Candidate, Locale::En) => &CANDIDATES_EN,
        (Sender::Client, Locale::Fr) if site == "careers" => &GROUP_CLIENTS_FR,
        (Sender::Client, Locale::En) if site == "careers" => &GROUP_CLIENTS_EN,
        (Sender::Client, Locale::Fr) => &FIRM_CLIENTS_FR,
        (Sender::Client, Locale::En) => &FIRM_CLIENTS_EN,
        (Sender::Other, Locale::Fr) => &OTHERS_FR,
        (Sender::Other, Locale::En) => &OTHERS_EN,
    }
}

/// What the house answers.
pub(super) fn answers(language: Locale) -> &'static [&'static str] {
    match language {
        Locale::Fr => &ANSWERS_FR,
        Locale::En => &ANSWERS_EN,
    }
}

/// Companies that nobody founded.
pub(super) const COMPANIES: [&str; 8] = [
    "Fonderie Chimère et Filles",
    "Menuiserie du Lac Imaginaire",
    "Mirage Logistique",
    "Crèches de l’Arc-en-Brume",
    "Imprimerie Fabula",
    "Clinique des Trois Songes",
    "Brasserie du Roi Personne",
    "Atelier Utopie",
];

/// What one may be there, in both languages.
pub(super) const POSITIONS: [(&str, &str); 5] = [
    ("Directrice des ressources humaines", "Head of human resources"),
    ("Gérant", "Managing director"),
    ("Responsable d’exploitation", "Operations manager"),
    ("Assistante de direction", "Executive assistant"),
    ("Chef d’atelier", "Workshop manager"),
];

const CANDIDATES_FR: [&str; 8] = [
    "Bonjour,\n\nJ'ai envoyé ma candidature il y a dix jours et je voudrais savoir si mon dossier est complet. Faut-il aussi joindre mes attestations ?",
    "Bonjour,\n\nVotre annonce parle d'un poste « posté en 2 × 8 ». Le samedi matin est-il compris, et la prise de poste se fait-elle à la même heure chaque semaine ?",
    "Madame, Monsieur,\n\nJe suis en reconversion et je n'ai pas encore le diplôme demandé. Puis-je tout de même me présenter, ou vaut-il mieux attendre l'été ?",
    "Bonjour,\n\nUn de vos anciens salariés m'a conseillé de vous écrire. Accueillez-vous des stagiaires de troisième année, et à partir de quel mois ?",
    "Bonjour,\n\nJe n'arrive pas à joindre mon CV : il fait douze pages avec les plans. Sous quelle forme le préférez-vous ?",
    "Bonjour,\n\nJe suis en fauteuil et je voudrais savoir si vos bureaux sont accessibles avant de postuler. Merci d'avance.",
    "Bonjour,\n\nJe cherche à savoir si le télétravail est possible deux jours par semaine sur le poste que vous publiez. L'annonce n'en dit rien.",
    "Bonjour,\n\nJ'habite à quarante kilomètres et je n'ai pas de voiture. Existe-t-il une navette, ou des collègues qui font route ensemble ?",
];

const CANDIDATES_EN: [&str; 5] = [
    "Hello,\n\nI applied ten days ago and would like to know whether my file is complete. Do you need my certificates as well?",
    "Good morning,\n\nI am moving to France in spring and my French is at B1. Is that enough for the position you advertise?",
    "Hello,\n\nDo you take interns in their final year, and from which month?",
    "Dear team,\n\nI use a wheelchair and would like to know whether your offices are accessible before I apply. Thank you.",
    "Hello,\n\nThe advertisement says nothing about working from home. Would two days a week be possible?",
];

const GROUP_CLIENTS_FR: [&str; 6] = [
    "Bonjour,\n\nNous exploitons trois ateliers et nous cherchons un prestataire pour la maintenance de nos lignes à partir de janvier. Qui puis-je rencontrer chez vous ?",
    "Bonjour,\n\nPourriez-vous nous envoyer un devis pour la formation de douze personnes à la sécurité électrique, sur notre site ?",
    "Madame, Monsieur,\n\nNotre contrat arrive à son terme en mars. Nous aimerions en revoir le périmètre avec votre service commercial avant Noël.",
    "Bonjour,\n\nVous intervenez chez un de nos voisins et nous avons été convaincus. Pouvez-vous passer voir notre entrepôt ?",
    "Bonjour,\n\nNous lançons un appel à projets pour une installation de 400 kW. Le dossier est à retirer avant le 15 : à qui l'adresser ?",
    "Bonjour,\n\nLa facture du mois dernier compte deux fois la même intervention. Qui peut la reprendre avec moi ?",
];

const GROUP_CLIENTS_EN: [&str; 4] = [
    "Hello,\n\nWe run three workshops and are looking for a partner to maintain our lines from January on. Whom could we meet?",
    "Good morning,\n\nCould you send us a quote for training twelve people in electrical safety, on our site?",
    "Hello,\n\nOur contract ends in March and we would like to go through its scope with your sales department before Christmas.",
    "Dear all,\n\nLast month's invoice counts the same visit twice. Who could look at it with me?",
];

const FIRM_CLIENTS_FR: [&str; 6] = [
    "Bonjour,\n\nNous cherchons deux conducteurs de ligne en contrat durable, à partir de février. Comment travaillez-vous, et dans quels délais ?",
    "Madame, Monsieur,\n\nNotre comptable part à la retraite au printemps. Nous voudrions confier ce recrutement à un cabinet et comparer deux propositions.",
    "Bonjour,\n\nPouvez-vous intervenir pour un poste de direction, en toute discrétion ? Je préfère être rappelée en dehors des heures de bureau.",
    "Bonjour,\n\nNous ouvrons une deuxième agence et il nous faut six personnes d'ici l'été, dont un responsable. Quels sont vos honoraires ?",
    "Bonjour,\n\nUn confrère nous a parlé de vous. Recrutez-vous aussi des soudeurs, ou seulement des cadres ?",
    "Madame, Monsieur,\n\nLa personne que vous nous avez présentée l'an dernier donne toute satisfaction. Nous avons un autre poste à pourvoir dans le même service.",
];

const FIRM_CLIENTS_EN: [&str; 4] = [
    "Hello,\n\nWe need two permanent line operators from February on. How do you work, and how long does it take?",
    "Good morning,\n\nWe are opening a second branch and need six people by summer, a manager among them. What are your fees?",
    "Dear all,\n\nCould you handle the search for a member of our board, in confidence? I would rather be called outside office hours.",
    "Hello,\n\nThe person you introduced to us last year does very well. We have another position to fill in the same department.",
];

const OTHERS_FR: [&str; 8] = [
    "Bonjour,\n\nJe suis enseignante en lycée professionnel. Seriez-vous d'accord pour recevoir une classe de vingt élèves au mois de mars ?",
    "Bonjour,\n\nJe prépare un article sur le recrutement dans la région. Une personne de chez vous pourrait-elle répondre à cinq questions ?",
    "Bonjour,\n\nLe lien « Plan d'accès » de votre site me mène à une page vide. Je vous le signale, au cas où.",
    "Bonjour,\n\nNotre association accompagne des demandeurs d'emploi. Pouvons-nous afficher vos offres dans nos locaux ?",
    "Gagnez mille visiteurs par jour grâce à notre méthode ! Répondez-nous aujourd'hui et recevez deux mois offerts.",
    "Bonjour,\n\nVous avez laissé un message sur mon répondeur la semaine dernière, mais le numéro est coupé. Pouvez-vous me rappeler ?",
    "Bonjour,\n\nNous fabriquons des fauteuils de bureau et serions heureux de vous présenter notre nouvelle collection à prix d'usine.",
    "Bonjour,\n\nJ'ai trouvé un badge à votre nom dans le bus 12. Où puis-je le rapporter ?",
];

const OTHERS_EN: [&str; 5] = [
    "Hello,\n\nI teach at a vocational school. Would you welcome a class of twenty pupils in March?",
    "Good morning,\n\nI am writing an article about recruitment in the region. Could somebody answer five questions?",
    "Hello,\n\nThe link “How to find us” on your site leads me to an empty page. I thought you might want to know.",
    "Win a thousand visitors a day with our method! Answer today and get two months for free.",
    "Hello,\n\nI found a badge with your name on it in the bus. Where can I bring it?",
];

const ANSWERS_FR: [&str; 4] = [
    "Bonjour,\n\nMerci de votre message. Oui, c'est possible : je vous propose que nous en parlions au téléphone mardi ou jeudi matin. Quel moment vous convient ?\n\nBien à vous",
    "Bonjour,\n\nMerci de nous l'avoir signalé, c'est corrigé.\n\nBonne journée",
    "Bonjour,\n\nVotre dossier est complet, rien ne manque. Vous recevrez une réponse par e-mail, quelle qu'elle soit.\n\nBien à vous",
    "Bonjour,\n\nMerci de votre intérêt. Nous ne pourrons pas donner suite cette année, et nous préférons vous le dire simplement.\n\nBien à vous",
];

const ANSWERS_EN: [&str; 3] = [
    "Hello,\n\nThank you for your message. Yes, that is possible: shall we talk about it on Tuesday or Thursday morning?\n\nKind regards",
    "Hello,\n\nYour file is complete, nothing is missing. You will get an answer by e-mail, whatever it is.\n\nKind regards",
    "Hello,\n\nThank you for telling us: it is mended.\n\nHave a good day",
];
