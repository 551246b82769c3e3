//! Owns: what invented people write of themselves. Doesn't own: why one practises a trade ([`super::offers`]).

use kernel::{Locale, Rng};

use super::super::offers::{Trade, typeset};

/// Four pieces: how one comes, why the trade, what one asks, and the token.
pub(super) fn write(rng: &Rng, language: Locale, trade: Trade, token: &str) -> String {
    let motives = trade.pieces(language).motives;
    let (openings, wishes, closings) = match language {
        Locale::Fr => (&OPENINGS_FR, &WISHES_FR, &CLOSINGS_FR),
        Locale::En => (&OPENINGS_EN, &WISHES_EN, &CLOSINGS_EN),
    };
    let one = |items: &[&'static str]| rng.pick(items).copied().unwrap_or_default();
    let (opening, motive, wish, closing) = (one(openings), one(&motives), one(wishes), one(closings));
    typeset(
        language,
        &format!(
            "{opening}\n\n{motive} {wish}\n\n{}",
            closing.replace("{token}", token)
        ),
    )
}

const OPENINGS_FR: [&str; 5] = [
    "Madame, Monsieur, en parcourant vos offres j’ai reconnu mon métier, décrit avec plus de précision que d’ordinaire. C’est ce qui me pousse à vous écrire.",
    "Bonjour, vos annonces disent les horaires, le salaire et les difficultés : cette franchise me donne envie de vous rencontrer.",
    "Bonjour, une collègue m’a parlé de vos équipes et de la façon dont on y travaille. Je vous adresse donc ma candidature.",
    "Madame, Monsieur, je cherche un poste proche de mon métier et de ma manière de le pratiquer, et ce que je lis de vous réunit les deux.",
    "Bonjour, j’ai lu votre page jusqu’au bout, ce qui m’arrive rarement. Voici pourquoi je pense pouvoir vous être utile.",
];

const WISHES_FR: [&str; 5] = [
    "Je peux commencer dans un délai de deux mois, et plus tôt si mon employeur l’accepte.",
    "Je me déplace volontiers pour un entretien, de préférence après 16 h, et je peux aussi échanger à distance.",
    "Un temps partiel à 80 % m’intéresserait, sans être une condition : pourriez-vous me dire si cela s’envisage ?",
    "Je déménage dans la région cet été et je compte y rester longtemps.",
    "Mes certificats sont à jour, et deux anciens responsables ont accepté de répondre à vos questions.",
];

const CLOSINGS_FR: [&str; 4] = [
    "Pour retrouver mon dossier, ma référence est {token}. Recevez mes salutations les meilleures.",
    "Je vous remercie de votre lecture. Référence à rappeler : {token}.",
    "Au plaisir d’en parler avec vous. Vous me retrouverez sous la référence {token}.",
    "Merci de votre attention, et bonne journée à l’équipe. Ma référence : {token}.",
];

const OPENINGS_EN: [&str; 5] = [
    "Dear recruitment team, reading your vacancies I recognised my own trade, described with more care than usual. That is why I am writing to you.",
    "Hello, your advertisements state the hours, the pay and the difficulties, and I would like to meet people who write like that.",
    "Dear all, a former colleague told me about your teams and the way they work, so I am sending you my application.",
    "Good morning, I am looking for a job close to my trade and to the way I like to practise it. What I read about you promises both.",
    "Hello, I read your page to the end, which seldom happens to me. Here is why I think I could be of use.",
];

const WISHES_EN: [&str; 5] = [
    "I could start within two months, or sooner if my employer agrees.",
    "I am happy to travel for an interview, preferably in the afternoon, and can also talk by video.",
    "A four-day week would interest me, though it is no condition: would that be possible?",
    "I am moving to the region this summer and mean to stay for a long time.",
    "My certificates are up to date, and two former managers have agreed to answer your questions.",
];

const CLOSINGS_EN: [&str; 4] = [
    "To find my file again, please quote {token}. With kind regards.",
    "Thank you for reading this far. My reference is {token}.",
    "I look forward to talking with you. You will find me under the reference {token}.",
    "Thank you for your time, and a good day to the team. Reference: {token}.",
];
