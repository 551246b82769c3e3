# Partenaires : transmettre une candidature à qui la traite pour son propre compte.

partners-title = Transmettre une candidature
partners-panel = Transmissions
partners-panel-action = Transmettre cette candidature
partners-panel-to = Destinataire : { $entity }
partners-panel-file = Le dossier à remettre (ZIP)
partners-with = Destinataire : { $entity }, qui répond de ce qui en est fait là-bas.
partners-with-somebody = Son destinataire répond de ce qui en est fait là-bas.
partners-goes = Ce qui part
partners-nothing-else = Rien d’autre : la politique de confidentialité n’en permet pas plus.
partners-unreachable = Cette personne n’a pas d’adresse e-mail et ne peut pas être prévenue par nous. Rien ne peut donc être transmis.
partners-told = La personne est prévenue aussitôt par e-mail : à qui, quoi, et comment le joindre. Le dossier est à vous juste après.
partners-to = À qui
partners-other = Quelqu’un d’autre, nommé ci-dessous
partners-recipient = Nom de l’organisme
partners-recipient-hint = L’organisme, pas l’une des personnes qui y travaillent.
partners-contact = Comment la personne le joint
partners-contact-hint = Son contact public pour les données personnelles : adresse e-mail ou postale, ou page. Il est montré à la personne.
partners-need-to = Choisissez à qui, ou « quelqu’un d’autre ».
partners-need-recipient = Indiquez le nom de l’organisme, en 200 caractères au plus.
partners-need-contact = Indiquez comment la personne le joint, en 200 caractères au plus.
partners-action = Transmettre et prévenir la personne
partners-back = Retour à la candidature
done-shared = C’est transmis. Le dossier à remettre est dans la candidature.

partners-own-title = À qui nous l’avons transmis
partners-own-short = À qui demander ce qu’il détient.
partners-given-html = le { $day }
partners-reach = Pour ce qu’il détient de vous, écrivez-lui : { $contact }
partners-passed-on = Si vous faites rectifier, effacer ou limiter des données chez nous, nous l’en prévenons.

partners-file-name = candidature
partners-file-title = Candidature transmise
partners-file-lead-html = Transmise par { $who } à { $recipient } le { $day }.
partners-file-reference = Référence
partners-file-files = Fichiers
partners-file-duty-title = Ce qui va avec
partners-file-duty = Vous répondez de ce que vous en faites, et auprès de la personne. Si { $who } vous dit sous cette référence que des données ont été effacées, rectifiées ou que leur traitement est limité, faites de même et dites-le.
partners-file-write = Contact : { $address }

partners-mail-subject = { $site } : votre candidature a été transmise
partners-mail-for = Nous avons transmis votre candidature au poste « { $title } » à { $recipient }.
partners-mail-unsolicited = Nous avons transmis votre candidature spontanée à { $recipient }.
partners-mail-fields = Ce qui a été reçu : { $fields }.
partners-mail-reach = { $recipient } répond de ce qu’il en fait. Pour ce qu’il détient de vous, écrivez-lui :
partners-mail-rights = Si vous faites rectifier, effacer ou limiter des données chez nous, nous l’en prévenons :
partners-mail-why = Ce qu’en dit notre politique :
