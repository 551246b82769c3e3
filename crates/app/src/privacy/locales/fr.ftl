# The published policy.

privacy-policy = Politique de confidentialité
privacy-version = Version { $version }
privacy-effective-html = En vigueur depuis le { $day }
privacy-updated-html = Modifiée le { $day }
privacy-contents = Sommaire
privacy-print = Imprimer
privacy-versions = Versions précédentes
privacy-clause-link = Lien vers cette clause
privacy-not-offered = Non proposé
privacy-cookie-name = Nom
privacy-cookie-purpose = À quoi il sert
privacy-cookie-kept = Durée
privacy-cookie-consent = Consentement
privacy-consent-exempt = Non requis
privacy-consent-opt_in = Demandé avant

privacy-tracker-necessary = Nécessaire
privacy-tracker-preference = Votre préférence
privacy-tracker-security = Sécurité
privacy-tracker-audience_exempt = Audience, sans consentement
privacy-tracker-analytics = Audience, avec consentement
privacy-tracker-advertising = Publicité
privacy-tracker-email_open = Ouverture des e-mails
privacy-tracker-email_click = Clics dans les e-mails

privacy-register = Registre des traitements
privacy-register-menu = Registre
privacy-register-lead = Le registre de l’article 30 du RGPD, écrit d’après la charte en vigueur : il change avec elle.
privacy-register-csv = Télécharger en CSV
privacy-register-markdown = En Markdown

# Versions, and what each changed.
privacy-what-changed = Ce qui a changé
privacy-what-changed-in = Ce que la version { $version } a changé
privacy-what-changes = Ce qui change
privacy-what-changes-in = Ce que la version { $version } change
privacy-all-versions = Toutes les versions
privacy-from-html = S’applique à partir du { $day }
privacy-from-until-html = S’est appliquée du { $from } au { $until }
privacy-next-html = La version { $version } de cette politique s’applique à partir du { $day }.
privacy-past-html = Cette version ne s’applique plus. Une autre l’a remplacée le { $until }.
privacy-not-yet-html = Cette version ne s’applique pas encore : elle s’appliquera à partir du { $day }.
privacy-read-running = Lire la politique en vigueur
privacy-next-title = Ce qui change dans notre politique de confidentialité
privacy-next-lead-html = La version { $version } s’applique à partir du { $day }. D’ici là, rien ne change.
privacy-next-whole = Lire la nouvelle version
privacy-next-none = Aucun changement n’est annoncé.
privacy-versions-title = Versions de la politique
privacy-versions-lead = Toutes les versions qui se sont appliquées ici, telles qu’elles ont été publiées. L’empreinte distingue un texte de tout autre : elle figure au pied de chaque page, et ce que nous gardons de vous porte la version sous laquelle nous l’avons recueilli.
privacy-standing-running = En vigueur
privacy-standing-past = N’est plus en vigueur
privacy-standing-next = Annoncée

change-none = Aucune clause ne change.
change-count = { $count ->
    [one] Une clause change.
   *[other] { $count } clauses changent.
 }
change-count-consent = { $count ->
    [one] L’une demande le consentement des personnes concernées.
   *[other] { $count } demandent le consentement des personnes concernées.
 }
change-count-notice = { $count ->
    [one] Une est annoncée avant de s’appliquer.
   *[other] { $count } sont annoncées avant de s’appliquer.
 }
change-count-nothing = { $count ->
    [one] Une ne demande rien : elle promet plus ou utilise moins.
   *[other] { $count } ne demandent rien : elles promettent plus ou utilisent moins.
 }
change-needs-nothing = Ne demande rien
change-needs-notice = Annoncé
change-needs-consent = Demande un consentement
change-means-notice = Annoncé avant de s’appliquer.
change-means-consent = Il y faut l’accord des personnes concernées avant de l’appliquer à ce qu’elles ont donné plus tôt.
change-means-consent-time = Ce qui a été recueilli avant n’est pas gardé plus longtemps que promis alors, jusqu’à l’accord de la personne.
change-added = Nouvelle clause
change-changed = Modifiée
change-removed = Retirée
change-not-offered = Non proposé ici
change-for = Pour : { $people }
change-before = Avant
change-after = Après

# The charter at the desk.
charter-menu = Charte
charter-title = Charte
charter-public = La politique publiée
charter-running = Version { $version }
charter-since = En vigueur depuis le
charter-activated = Activée
charter-by-command = en ligne de commande
charter-by-founding = à la fondation du site
charter-digest = Empreinte (SHA-256)
charter-upcoming = Version { $version }
charter-upcoming-text-html = Elle s’applique d’elle-même à partir du { $from }, dans le texte qui a été activé, quoi que devienne le fichier.
charter-announced = Comme le site l’annonce
charter-by-mail = La charte promet d’annoncer les changements par e-mail, et ce logiciel n’envoie pas encore ces e-mails : envoyez-les vous-même avant le jour dit.
charter-withdraw = Retirer cette version
charter-withdraw-text = Elle ne s’appliquera pas ; la version en vigueur demeure. Le texte reste dans son fichier et peut être activé de nouveau.
charter-withdraw-confirm = Retirer
charter-changes = Ce qui change
charter-broken = Le fichier de la prochaine version est illisible
charter-broken-badge = Rien ne change
charter-broken-text = La version { $version } reste en vigueur. Corrigez ces lignes de charter.toml dans le dossier du site : cette page suit.
charter-problem-place = Où
charter-problem-message = Que faire
charter-problem-rule = Règle
charter-place = Ligne { $line }, colonne { $column }
charter-proposal = Version { $version }
charter-good = Proposée
charter-refused = Ne peut pas être activée
charter-proposal-text = Elle se trouve dans charter.toml, dans le dossier du site. Elle ne change rien tant qu’une personne chargée de la protection des données ne l’a pas activée.
charter-errors = Erreurs
charter-errors-text = Tant qu’il en reste une, la version ne peut pas être activée.
charter-warnings = Avertissements
charter-warnings-text = Licite avec une raison : tant que l’un d’eux n’en donne pas, la version ne peut pas être activée.
charter-gaps = Lacunes
charter-gaps-text = Ce qu’une politique doit dire et que celle-ci ne dit pas encore. On peut activer une version qui en a, sauf si quelque chose serait gardé sans fin.
charter-reason = Raison donnée : { $reason }
charter-not-offered = Déclaré, non proposé
charter-not-offered-text = Ce logiciel ne le fait pas encore : rien n’est recueilli à cette fin, et la politique publiée le dit.
charter-activate-title = L’activer
charter-activate-text = Dès le début de ce jour, elle est la politique de ce site, sur chaque page et pour tout ce qui est recueilli ensuite. D’ici là, vous pouvez la retirer. Le registre des événements garde qui a activé quoi.
charter-activate = Activer la version { $version }
charter-day = Elle s’applique à partir du
charter-day-hint = Au plus tôt le { $day } : ni avant le jour qu’elle nomme elle-même, ni avant le délai promis pour annoncer les changements.
charter-need-day = Donnez le jour à partir duquel elle s’applique.
charter-too-early = Ce jour est trop tôt : voyez ci-dessous le premier possible.
charter-changed-meanwhile = Le fichier ou les versions ont changé depuis que vous avez lu : rien n’est activé. Lisez ce qui est proposé maintenant.
charter-withdrawn-late = Elle ne peut plus être retirée : elle s’applique, ou s’appliquera dans quelques secondes.
charter-wait = La version { $version } attend son jour : retirez-la d’abord pour activer celle-ci.
charter-nothing = Rien n’est proposé. Écrivez la prochaine version dans charter.toml, dans le dossier du site : elle paraît ici, comparée à celle-ci.
charter-version = Version
charter-standing = État
charter-applies = Application

# Demande de renouvellement.

privacy-mail-renewal-subject = { $site } : gardons-nous ce que vous avez envoyé ?
privacy-mail-renewal-asks = Le temps pendant lequel nous gardons ceci se termine : { $about }, chez { $site }. Devons-nous le garder ?
privacy-mail-renewal-link = Répondez en un clic, sans vous connecter :
privacy-mail-renewal-silence = Sans réponse de votre part, nous l’effaçons après le { $until } : se taire ne prolonge jamais. La règle, dans notre politique :
privacy-renewal-ask-title = Devons-nous garder ceci ?
privacy-renewal-ask-text = Le temps pendant lequel nous le gardons se termine.
privacy-renewal-ask-text-html = Le temps pendant lequel nous le gardons se termine. Sans réponse de votre part, nous l’effaçons après le { $day }.
privacy-renewal-keep-title = Nous le gardons
privacy-renewal-keep-text = Merci : le temps recommence.
privacy-renewal-keep-text-html = Merci : le temps recommence, jusqu’au { $day }. Nous vous le redemanderons alors.
privacy-renewal-erase-title = Nous l’effaçons
privacy-renewal-erase-text = L’effacement est en cours, fichiers et clé compris. Vous n’avez rien d’autre à faire.
privacy-renewal-over-title = Rien n’est demandé ici
privacy-renewal-over-text = Ce lien n’est pas de nous, a expiré, ou ce qu’il concernait est déjà effacé.
privacy-renewal-yes = Garder
privacy-renewal-no = Effacer maintenant
privacy-renewal-clause = La règle
privacy-renewal-waits = Nous vous le demandons : devons-nous garder { $about } ? Sans réponse, nous l’effaçons après le { $day }.
done-renewal-kept = Nous le gardons.
done-renewal-erased = L’effacement est en cours.

# Tout est effacé.

privacy-erased-title = Effacé
privacy-erased-text-html = Fait le { $at } : { $count ->
    [one] un dossier a disparu, avec ses fichiers et sa clé
   *[other] { $count } dossiers ont disparu, avec leurs fichiers et leurs clés
}. Plus rien n’en est lisible ici.
privacy-erased-kept = { $count ->
    [one] Un dossier reste pour l’instant, parce que la loi ou un litige l’exige. Personne ne l’utilise plus ; il partira ensuite.
   *[other] { $count } dossiers restent pour l’instant, parce que la loi ou un litige l’exige. Personne ne les utilise plus ; ils partiront ensuite.
}
privacy-erased-backups = Les copies des sauvegardes n’ouvrent plus rien une fois leurs clés parties aussi : { $window } au plus.
privacy-erasing-title = Effacement en cours
privacy-erasing-text-html = Demandé le { $at }. C’est en cours et ne peut plus être arrêté, quoi qu’il arrive à nos machines.
privacy-erasing-again = Regarder à nouveau
privacy-erased-write-html = Une question : <a href="mailto:{ $address }">{ $address }</a>

# Ce qui part cette nuit.

keeping-title = Ce qui part cette nuit
keeping-menu = Cette nuit
keeping-lead = Ce que la charte promet d’effacer d’ici la fin de la journée, le plus proche d’abord. Cela part tout seul. Un gel le suspend, là où la charte en prévoit un.
keeping-dossier = Dossier
keeping-what = Conservé pour
keeping-rule = Règle
keeping-when = Fin
keeping-hold = Gel
keeping-restricted = Restreint
keeping-place = Geler
keeping-lift = Lever
keeping-no-hold = Aucun prévu
keeping-hold-why = Motif
keeping-hold-reference = Référence du dossier
keeping-hold-until = Jusqu’au
keeping-hold-wrong = Le gel n’est pas posé : il lui faut un motif que la charte prévoit, la référence de son dossier (lettres, chiffres, espaces, - / .) et un jour à venir.
keeping-kind-legal_claim = Action en justice
keeping-kind-authority_request = Demande d’une autorité
keeping-kind-dispute = Litige
keeping-kind-directives = Directives après le décès
keeping-nothing = Rien ne se termine aujourd’hui.
keeping-next = Suite
keeping-stopped-clock_behind = L’effacement attend : l’horloge de ce serveur retarde sur ce qu’il a déjà vu. Mettez-la à l’heure, puis confirmez.
keeping-stopped-clock_ahead = L’effacement attend : plus de deux jours ont passé depuis le dernier. Assurez-vous que l’horloge est juste, puis confirmez.
keeping-stopped-too_many = L’effacement attend : bien plus que d’ordinaire est arrivé à terme. Regardez la liste, puis confirmez.
keeping-confirm = L’horloge et la liste sont justes : continuer aujourd’hui
done-sweep-confirmed = L’effacement reprend.
done-hold-placed = Le gel est posé.
done-hold-lifted = Le gel est levé.

# Reçus.

receipt-title = Vos reçus
receipt-lead = Un reçu est signé et ne dit rien de vous. Gardez-le : il se vérifie sans nous, même quand nous n’avons plus rien de vous.
receipt-erasure = Reçu de l’effacement
receipt-application = Reçu de la candidature
receipt-consent_given = Reçu de votre accord
receipt-withdrawn = Reçu du retrait
receipt-colon = {" :"}
receipt-of-day-html = { $what }, { $at }
receipt-check-html = Pour le vérifier : <code>vivier receipt verify</code>, et <a href="/.well-known/vivier-receipts.json">les clés que nous publions</a>.

# Qui avait reçu quelque chose de ce qui est effacé.

privacy-erased-told-title = Qui d’autre en avait reçu
privacy-erased-told-none = Personne n’a reçu quoi que ce soit qu’il resterait à faire effacer.
privacy-erased-told-open = à prévenir, ce n’est pas encore fait
privacy-erased-told-told-html = prévenu le { $at }, sans réponse pour l’instant
privacy-erased-told-answered-html = prévenu, a répondu le { $at } que c’est fait
privacy-erased-told-by_itself = l’efface de lui-même, { $until }
done-left-alone = Votre adresse est notée pour être laissée tranquille, sous la seule forme d’une empreinte.

# Sous-traitants à prévenir.

processors-title = Qui est à prévenir
processors-menu = À prévenir
processors-lead = Ceux qui ont reçu quelque chose de ce qui est effacé, rectifié ou restreint depuis, et qui ne l’apprennent pas d’eux-mêmes, le plus ancien d’abord. Sans réponse, { $days ->
    [one] on relance après un jour
   *[other] on relance après { $days } jours
}.
processors-who = Qui
processors-what = Quoi
processors-since = Depuis
processors-state = Où cela en est
processors-do = À faire
processors-cause-erased = { $count ->
    [one] Un dossier effacé
   *[other] { $count } dossiers effacés
}
processors-cause-rectified = { $count ->
    [one] Un dossier rectifié
   *[other] { $count } dossiers rectifiés
}
processors-cause-restricted = { $count ->
    [one] Un dossier restreint
   *[other] { $count } dossiers restreints
}
processors-state-open = À prévenir
processors-state-told = Prévenu
processors-state-by_itself = De lui-même
processors-told-html = { $count ->
    [one] le { $at }
   *[other] { $count } fois, la dernière le { $at }
}.
processors-again-html = À relancer le { $at }.
processors-api = Aucun connecteur ne le lui dit encore : c’est à vous de le faire.
processors-nothing-to-do = Rien
processors-letter = La lettre
processors-letter-hint = À envoyer à son contact.
processors-letter-to = À envoyer là : { $contact }
processors-contract = Le contrat : { $contract }
processors-letter-subject-erased = Effacement de données que nous vous avons transmises, référence { $reference }
processors-letter-subject-rectified = Rectification de données que nous vous avons transmises, référence { $reference }
processors-letter-subject-restricted = Limitation du traitement de données que nous vous avons transmises, référence { $reference }
processors-letter-hello = Madame, Monsieur,
processors-letter-erased = { $count ->
    [one] Nous avons effacé les données d’une personne
   *[other] Nous avons effacé { $count } dossiers
} dont nous vous avions transmis une partie. Effacez-la aussi, copies comprises (articles 17 et 19 du RGPD).
processors-letter-rectified = { $count ->
    [one] Nous avons rectifié les données d’une personne
   *[other] Nous avons rectifié { $count } dossiers
} dont nous vous avions transmis une partie. N’employez plus ce que vous avez reçu (articles 16 et 19 du RGPD).
processors-letter-restricted = { $count ->
    [one] Le traitement des données d’une personne est limité
   *[other] Le traitement de { $count } dossiers est limité
} dont nous vous avions transmis une partie. Conservez-la sans plus l’employer (articles 18 et 19 du RGPD).
processors-letter-when = Vous l’avez reçue entre le { $from } et le { $to }.
processors-letter-messages = Ce sont les messages de ces numéros (Message-ID) :
processors-letter-shared = C’est ce qui a été transmis sous ces références :
processors-letter-please = { $days ->
    [one] Confirmez-nous dans la journée
   *[other] Confirmez-nous sous { $days } jours
} que c’est fait, en rappelant la référence { $reference }.
processors-say-told = Prévenu
processors-say-again = Relancé
processors-say-answered = A répondu
processors-next = Suite
processors-first = Retour au début
processors-none = Personne n’est à prévenir.
done-processor-told = C’est noté : prévenu.
done-processor-answered = C’est noté : c’est fait de son côté.
