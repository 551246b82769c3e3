# Texts that several capabilities share.

menu-jobs = Jobs
menu-apply = Unsolicited application
menu-contact = Contact
menu-mine = My applications

mail-hello = Hello,
mail-hello-name = Hello { $name },

list-page-lost = There is no such page of this list any more: here is the first.

done-moved = The application has moved.
done-refused = Refusal recorded. It can be undone until its e-mail leaves.
done-undone = Refusal undone. No e-mail has left.
done-mail-settled = Noted.
done-withdrawn = Your application is withdrawn.
done-signed-out = You are signed out.
done-password-set = Your password is saved. Sign in with it.
done-password-changed = Your password is changed. You are signed out everywhere else.
done-session-ended = Done: that session is over.
done-invited = The invitation has left.
done-role-changed = The role is changed. The person signs in again with it.
done-account-ended = The account is closed.
done-factor-removed = Signing in asks for no code any more.
done-passkey-added = The passkey is added.
done-passkey-removed = The passkey is removed. Remove it from your device too.
done-factors-reset = The second factor is reset. The person signs in with their password, and sets up another.
done-charter-activated = Activated: it applies from the day you chose.
done-charter-withdrawn = Withdrawn: the version in force stays.
done-vacancy-saved = Saved.
done-vacancy-published = Published: the job takes applications.
done-vacancy-closed = Closed: the job takes no more applications.
done-message-passed = Passed on as a client’s request.
done-message-taken-back = The message isn’t passed on any more.
done-message-addressed = The message is addressed.
done-message-unaddressed = The message is addressed to nobody any more.
done-message-reopened = The message is to be dealt with.
done-message-relevant = Noted: relevant.
done-message-irrelevant = Noted: of no interest. You can undo that for a quarter of an hour.
done-message-answered = Your answer is kept and leaves by e-mail.

form-only-if = Only if “{ $other }” is “{ $is }”.
form-withdrawable = You can withdraw this consent at any time.
form-agreement = What you send doesn’t depend on it. You can withdraw this agreement at any time, with one click, in your area.
form-keeps = What we keep, and until when
form-keeps-why = What for
form-keeps-basis = On which legal basis
form-keeps-readers = Who reads it
form-keeps-until = Until when

flaw-missing = { $label }: this answer is needed
flaw-not-confirmed = Tick this box to send the form
flaw-too-long = { $label }: at most { $most } characters
flaw-not-an-email = { $label }: enter an address such as name@example.com
flaw-not-a-phone = { $label }: enter a number such as 06 12 34 56 78 or +33 6 12 34 56 78
flaw-not-a-choice = { $label }: choose one of the answers offered
flaw-file-empty = { $label }: this file is empty; choose another
flaw-file-too-large = { $label }: this file is larger than { $most } MB; choose a smaller one
flaw-file-type = { $label }: this isn’t one of the files we can take ({ $kinds }), or it isn’t what its name says
flaw-too-many-files = { $label }: at most { $most } files
flaw-file-lost = { $label }: too much time has passed; attach this file again
