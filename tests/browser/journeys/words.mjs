// Owns: the words by which the stories know where they are, as the two languages have them.
export const words = {
  fr: {
    other: 'en',
    error: 'Erreur',
    arrived: 'Votre candidature est arrivée',
    kept: 'joint',
    withdrawn: 'Vous avez retiré cette candidature',
    read: 'Lue par l’équipe de recrutement',
    recruitment: 'le service recrutement',
    moved: 'Votre adresse est changée',
  },
  en: {
    other: 'fr',
    error: 'Error',
    arrived: 'Your application has arrived',
    kept: 'attached',
    withdrawn: 'You withdrew this application',
    read: 'Read by the recruitment team',
    recruitment: 'the recruitment department',
    moved: 'Your address is changed',
  },
};
