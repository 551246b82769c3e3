upkeep-title = Backups
upkeep-menu = Backups
upkeep-backups = How they stand
upkeep-lead = Data and keys are backed up apart: whoever has one of the two reads nothing. The drill restores the newest beside the site and opens it with today’s keys.
upkeep-how-html = Whoever hosts the site sets them in the part <code>[backup]</code> of <code>site.toml</code>, and looks them over with <code>vivier backup verify</code> and <code>vivier key verify</code>.
upkeep-col-what = What
upkeep-col-state = State
upkeep-col-done = Made
upkeep-col-looked = Looked over
upkeep-kind-data = Data
upkeep-kind-keys = Keys
upkeep-kind-drill = Drill of a restore
upkeep-never = never
upkeep-looked-drill = by being made
upkeep-state-good = In order
upkeep-state-none = Not yet
upkeep-state-failed = Failed
upkeep-state-damaged = Damaged
upkeep-state-outdated = Too old
upkeep-serves-html = The newest generation, <code>{ $place }</code>, can’t be used. <code>{ $serves }</code>, older and verified, serves in its place. Make a new one: <code>vivier key backup</code>.
upkeep-outlived-html = A generation is older than the charter lets it be, and still opens what was erased since. Make a new one, and the older goes: <code>vivier key backup</code>.
upkeep-no-generation-html = No generation can be used: if the key store were lost, everything would be. Make one now: <code>vivier key backup</code>.
upkeep-damage-html = <code>{ $place }</code>{ $more ->
    [0] {" "}isn’t what was put there any more
    [one] {" "}and one more place aren’t what was put there any more
   *[other] {" "}and { $more } more places aren’t what was put there any more
}. A backup made now stands on it: choose a new target.
upkeep-found-html = Seen on { $at }:
upkeep-failed-html = Failed on { $at }. It is tried again with the next turn.
upkeep-outdated = The newest generation is older than the charter promises ({ $window }): what was erased since still has its key in it. A new one is needed.

upkeep-mails = Held mails
upkeep-mails-list = The list
upkeep-mails-lead = They were waiting in the backup that the site came back from, and may have left since. Say of each whether it leaves now or is taken as sent. The ledger notes it as your decision, and it can’t be undone.
upkeep-mails-all = All on this page
upkeep-mails-send = Send those that are ticked
upkeep-mails-sent = Take them as sent
upkeep-mails-none-title = No mail is held
upkeep-mails-none-text = After a restore, those that were waiting to leave appear here.
upkeep-need-mail = Tick at least one mail.
upkeep-mail-what = What
upkeep-mail-who = For whom
upkeep-mail-written = Written
upkeep-mail-nobody = somebody whom the charter doesn’t show you
upkeep-mail-confirmation = Confirmation of an application
upkeep-mail-refusal = Refusal
upkeep-mail-sign_in = Link to sign in
upkeep-mail-recovery = Link to a new password
upkeep-mail-invitation = Invitation of a colleague
upkeep-mail-address = Change of address to confirm
upkeep-mail-withdrawal = Withdrawal of an application
upkeep-mail-renewal = Question before erasure
upkeep-mail-sourced = Notice to somebody found elsewhere
upkeep-mail-acknowledgement = Acknowledgement of a message
upkeep-mail-answer = Answer to a message
upkeep-mail-right = News of a request about one’s data
done-mails-released = They are leaving.
done-mails-taken-as-sent = They are taken as sent.
