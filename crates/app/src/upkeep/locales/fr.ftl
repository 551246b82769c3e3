upkeep-title = Sauvegardes
upkeep-menu = Sauvegardes
upkeep-backups = Leur état
upkeep-lead = Les données et les clés sont sauvegardées à part : qui n’a que l’une des deux n’en lit rien. La répétition restaure la plus récente à côté du site et l’ouvre avec les clés d’aujourd’hui.
upkeep-how-html = Qui héberge le site les règle dans la partie <code>[backup]</code> de <code>site.toml</code>, et les vérifie par <code>vivier backup verify</code> et <code>vivier key verify</code>.
upkeep-col-what = Quoi
upkeep-col-state = État
upkeep-col-done = Faite
upkeep-col-looked = Vérifiée
upkeep-kind-data = Données
upkeep-kind-keys = Clés
upkeep-kind-drill = Répétition d’une restauration
upkeep-never = jamais
upkeep-looked-drill = en la faisant
upkeep-state-good = En ordre
upkeep-state-none = Pas encore
upkeep-state-failed = En échec
upkeep-state-damaged = Endommagée
upkeep-state-outdated = Trop ancienne
upkeep-serves-html = La génération la plus récente, <code>{ $place }</code>, est inutilisable. <code>{ $serves }</code>, plus ancienne et vérifiée, sert à sa place. Faites-en une nouvelle : <code>vivier key backup</code>.
upkeep-outlived-html = Une génération est plus ancienne que la charte ne le permet, et ouvre encore ce qui a été effacé depuis. Faites-en une nouvelle, et l’ancienne s’en va : <code>vivier key backup</code>.
upkeep-no-generation-html = Aucune génération n’est utilisable : si le trousseau se perdait, tout serait perdu. Faites-en une maintenant : <code>vivier key backup</code>.
upkeep-damage-html = <code>{ $place }</code>{ $more ->
    [0] {" "}n’est plus ce qui y avait été mis
    [one] {" "}et un autre endroit ne sont plus ce qui y avait été mis
   *[other] {" "}et { $more } autres endroits ne sont plus ce qui y avait été mis
}. Une sauvegarde suivante s’appuie dessus : choisissez une nouvelle destination.
upkeep-found-html = Vu le { $at } :
upkeep-failed-html = Échec le { $at }. On réessaie au tour suivant.
upkeep-outdated = La dernière génération est plus ancienne que la charte ne le promet ({ $window }) : ce qui a été effacé depuis y garde sa clé. Il en faut une nouvelle.

upkeep-mails = E-mails retenus
upkeep-mails-list = La liste
upkeep-mails-lead = Ils attendaient dans la sauvegarde dont le site revient, et sont peut-être partis depuis. Dites de chacun s’il part maintenant ou s’il est tenu pour parti. Le journal le note comme votre décision, et cela ne se défait pas.
upkeep-mails-all = Tous ceux de cette page
upkeep-mails-send = Envoyer ceux qui sont cochés
upkeep-mails-sent = Les tenir pour partis
upkeep-mails-none-title = Aucun e-mail n’est retenu
upkeep-mails-none-text = Après une restauration, ceux qui attendaient de partir apparaissent ici.
upkeep-need-mail = Cochez au moins un e-mail.
upkeep-mail-what = Quoi
upkeep-mail-who = Pour qui
upkeep-mail-written = Écrit
upkeep-mail-nobody = quelqu’un que la charte ne vous montre pas
upkeep-mail-confirmation = Confirmation d’une candidature
upkeep-mail-refusal = Refus
upkeep-mail-sign_in = Lien pour se connecter
upkeep-mail-recovery = Lien pour un nouveau mot de passe
upkeep-mail-invitation = Invitation d’un collègue
upkeep-mail-address = Changement d’adresse à confirmer
upkeep-mail-withdrawal = Retrait d’une candidature
upkeep-mail-renewal = Question avant l’effacement
upkeep-mail-sourced = Information de qui a été trouvé ailleurs
upkeep-mail-acknowledgement = Accusé de réception d’un message
upkeep-mail-answer = Réponse à un message
upkeep-mail-right = Suite d’une demande sur ses données
done-mails-released = Ils partent.
done-mails-taken-as-sent = Ils sont tenus pour partis.
