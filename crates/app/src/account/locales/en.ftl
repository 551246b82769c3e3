# Signing in, and the person's own area.

account-sign-in = Sign in
account-email = E-mail address
account-password = Password
account-wrong = The address or the password doesn’t match
account-need-email = Enter an e-mail address, for example name@example.com
account-need-password = Enter your password
account-candidates-html = Have you applied? <a href="{ $href }">Get a link to your applications</a>.

account-link-title = Find my applications
account-link-text = Give the address you applied with. We send a link there: no account, no password.
account-link-send = Get the link
account-link-sent-title = Look in your mailbox
account-link-sent-text = If an application was sent with this address, a link has just left for it. It works for one hour.
account-home = Back to the home page

account-me-title = My applications
account-me-none-title = No application at the moment
account-me-none-text = Those you send will appear here.
account-me-none-action = See the jobs
account-kept = kept { $until }

account-staff-title = Team
account-staff-name = Name
account-staff-email = E-mail
account-staff-role = Role
account-staff-state = Access
account-staff-seen = Last signed in
account-staff-never = never
account-staff-add = Invite a colleague

account-mail-link-subject = Your link to { $site }
account-mail-link-text = Here is the link to your applications at { $site }:
account-mail-link-ends = It works for one hour.
account-mail-link-not-you = If you didn’t ask for it, you need do nothing.

account-menu-applications = My applications
account-menu-kept = My data
account-menu-reads = Who read what
account-menu-leave = Leaving
account-clause = Clause of the privacy policy:

account-read-on-html = read on { $day }
account-files = { $count ->
    [one] 1 document
   *[other] { $count } documents
 }
account-trust-title = You can check all of it
account-trust-kept = Your documents, what we keep, why, and until which day.
account-trust-read = Last read on { $day }: { $who }.
account-trust-unread = Nobody has read anything of yours yet.
account-trust-leave = Withdraw an application, sign out everywhere, have everything erased.

account-kept-title = My data
account-kept-lead = Everything we keep about you, with the rule that says why and until when. Each rule leads to its clause in the privacy policy.
account-documents = Your documents
account-documents-short = What you sent, to download.
account-kept-each = What is kept
account-kept-identity = Your name and how to reach you
account-kept-standing = What comes with your area
account-kept-nothing = Nothing is kept at the moment.
account-kept-since-html = Since { $day }
account-kept-until-html = until { $day }
account-kept-what = What
account-kept-why = What for
account-kept-basis = On which legal basis
account-kept-readers = Who may read it
account-kept-nobody = Nobody but you
account-kept-until = Until when

account-reads-title = Who read what
account-reads-lead = Whoever opens something of yours is recorded before they see it. Here is each of these records, day by day.
account-reads-service = the service itself, without a human
account-reads-service-confirmation = the service itself, to send you the confirmation
account-reads-service-renewal = the service itself, to ask you whether to keep on
account-reads-service-answer = the service itself, to send you the answer
account-reads-service-right = the service itself, to write to you about your request
account-reads-service-shared = the service itself, to tell you to whom your application was passed on
account-reads-service-link = the service itself, to send you a link
account-reads-service-mail = the service itself, to send you an e-mail
account-reads-opened = { $count ->
    [one] opened once
   *[other] opened { $count } times
 }
account-reads-listed = { $count ->
    [one] seen once in a list
   *[other] seen { $count } times in a list
 }
account-reads-none-title = Nobody has read anything of yours
account-reads-none-text = Each reading will appear here, with the role, the reason and the day.
account-reads-none-action = Back to my applications
account-reads-names = Staff are shown by their role.
account-reads-kept = These records are kept { $long }.

account-leave-title = Leaving
account-leave-lead = You can stop whenever you like. Here is what each step does, and what becomes of what we keep.
account-withdraw-title = Withdraw my applications
account-withdraw-text = { $count ->
    [one] One application is under way. Once it is withdrawn, nobody will look at it any more. This can’t be taken back, but you can apply again.
   *[other] { $count } applications are under way. Once they are withdrawn, nobody will look at them any more. This can’t be taken back, but you can apply again.
 }
account-withdraw-action = { $count ->
    [one] Withdraw this application
   *[other] Withdraw all { $count }
 }
account-withdraw-none = No application of yours is under way.
account-withdraw-over = Over, and erased when their time ends
account-sign-out-title = Close every way in
account-sign-out-text = You are signed out on every device, and the links in all the e-mails we sent you stop working. Your password and your passkeys, if you have any, are removed. To come back, ask for a new link.
account-sign-out-action = Close every way in
account-erase-title = Have everything erased
account-erase-text = Everything of yours goes at once: applications, files, messages, your area. Without asking, each thing is erased when its time ends. This is what the privacy policy says of it:
account-erase-open = Erase everything now
account-erase-sure = Applications that are under way end with it. It can’t be undone: the key that opens your dossiers is destroyed.
account-erase-action = Erase everything of mine
account-alone-label = And leave me alone afterwards
account-alone-what = If you tick this: of your address we keep a fingerprint that doesn’t tell it, { $until }. It keeps you from being found elsewhere and taken in here, and from being written to unasked. It serves nothing else, and goes if you apply again.
account-alone-clause = The rule
account-erase-write-html = Or write to <a href="mailto:{ $address }">{ $address }</a>: a person deals with it.

account-link-over-title = This link no longer works
account-link-over-text = It has expired, or it was replaced. Give the address you applied with: we send you another.

done-withdrawn-all = Your applications are withdrawn.
done-signed-out-everywhere = You are signed out everywhere: earlier links, passwords and passkeys no longer work.
# Passwords, sessions.

account-forgot = Forgot your password?
account-by-password = Sign in with a password
account-by-link = Get a link by e-mail instead
account-person-sign-in = Open my area with a password
account-person-sign-in-text = If you set a password, it opens your area here. Without one, a link by e-mail does.
account-too-often = { $minutes ->
    [one] Too many wrong tries from here. Try again in a minute, or get a link by e-mail.
   *[other] Too many wrong tries from here. Try again in { $minutes } minutes, or get a link by e-mail.
 }
account-recovery-title = Choose another password
account-recovery-text = Give the address you sign in with. We send a link there to choose another password.
account-recovery-sent-text = If an account has this address, a link has just left for it. It works once, for one hour.
account-choose-recovery-title = Choose another password
account-choose-recovery-text = You will be signed out everywhere, and sign in at { $site } with the new one.
account-choose-invitation-title = Welcome
account-choose-invitation-text = Choose the password for your account at { $site }.
account-password-over-title = This link is over
account-password-over-text = It was used already or has expired. Sign in, ask for another link there, or ask the person who invited you.
account-password-new = New password
account-password-current = Current password
account-password-hint = At least { $count } characters: a few words that don’t belong together are easiest to remember. Your browser can make and keep one.
account-password-short = Too short: at least { $count } characters
account-password-long = Too long: at most { $count } characters
account-password-common = This is among the first passwords anybody would try. Take a few words that don’t belong together.
account-password-not-current = This isn’t your current password
account-password-has = Your account has a password.
account-password-none = Your account has no password: you enter by a link to your mailbox. You may set one to enter without.
account-password-save = Save the password
account-password-change = Change the password
account-password-ends = Saving signs you out everywhere else.
account-security-title = Sign-in and security
account-sessions-title = Where you are signed in
account-device = { $browser } on { $system }
account-browser-firefox = Firefox
account-browser-edge = Edge
account-browser-opera = Opera
account-browser-chrome = Chrome
account-browser-safari = Safari
account-browser-other = a browser
account-system-windows = Windows
account-system-android = Android
account-system-ios = iPhone or iPad
account-system-mac = Mac
account-system-linux = Linux
account-system-other = an unknown device
account-session-current = this one
account-session-since-html = since { $since }, last used { $used }
account-session-end = Sign out
account-session-end-others = Sign out everywhere else
account-session-end-all = Sign out everywhere

account-mail-recovery-subject = Choose another password at { $site }
account-mail-recovery-text = Here is the link to choose another password at { $site }:
account-mail-recovery-ends = It works once, for one hour.
account-mail-recovery-not-you = If you didn’t ask for it, you need do nothing: your password stays as it is.
account-mail-invitation-subject = Your account at { $site }
account-mail-invitation-text = An account was opened for you at { $site }. Choose its password here:
account-mail-invitation-ends = The link works once, for seven days.
account-mail-invitation-not-you = If you don’t know what this is about, you need do nothing.

account-staff-given-name = Given name
account-staff-family-name = Family name
account-staff-open = Open
account-staff-invited = Invited
account-staff-ended = Closed
account-staff-actions = What you can do
account-staff-own = Your own account
account-staff-role-of = Role of { $name }
account-staff-change = Change
account-staff-invited-until-html = link works { $until }
account-staff-invitation-over = link has expired
account-staff-invite-again = Invite again
account-staff-take-back = Take back
account-staff-end = Close the account
account-staff-end-text = Sessions, tokens and passwords end at once. It can’t be undone; you can invite the person again.
account-staff-end-confirm = Close it now
account-staff-add-text = They get an e-mail with a link to choose a password. Until they do, nobody can enter.
account-staff-invite = Send the invitation
account-staff-need-name = Enter a name of at most 100 characters
account-staff-need-role = Choose a role
account-staff-taken = A colleague signs in with this address already: see the list above

account-menu-details = My details
account-trust-details = Your address, your language, and what you sent under the same address.
account-duplicates-note = { $count ->
    [one] Somebody sent another application with your e-mail address. If it was you, see both here.
   *[other] { $count } more people applied with your e-mail address. If they are you, see everything here.
 }
account-duplicates-see = Look at it

account-details-title = My details
account-details-given = As you gave them
account-details-name = Name
account-details-phone = Telephone

account-address-title = E-mail address
account-address-now = We write to:
account-address-how = To change it, we send a link to the new address and another to the old one. Nothing changes until you have confirmed in both.
account-address-new = New e-mail address
account-address-ask = Change my address
account-address-same = This is already your address: enter another
account-address-too-soon = You asked a moment ago: wait a minute, then try again
account-address-pending = Waiting to change to { $to }
account-address-new-mailbox = New mailbox
account-address-old-mailbox = Present mailbox
account-address-said-yes = Confirmed
account-address-awaited = Open the e-mail there
account-address-ends-html = Until { $at }; after that nothing will have changed.
account-address-cancel = Don’t change it
account-address-lost = I can’t read my old mailbox any more
account-address-lost-html = Write to <a href="mailto:{ $address }">{ $address }</a> from the new address. A person makes sure that it is you before changing anything: this keeps others from taking your applications over.
account-address-confirm = Confirm
account-address-ask-old-title = Change of address
account-address-ask-old-text = Confirm only if you asked for your address to be changed. This mailbox will then no longer open your applications.
account-address-ask-new-title = Your new address
account-address-ask-new-text = Confirm only if you asked to use this address for your applications.
account-address-waiting-old-title = The new address is confirmed
account-address-waiting-old-text = One more step: open the e-mail in your old mailbox and confirm there as well. Nothing changes until then.
account-address-waiting-new-title = The old address is confirmed
account-address-waiting-new-text = One more step: open the e-mail in your new mailbox and confirm there as well. Nothing changes until then.
account-address-changed-title = Your address is changed
account-address-changed-text = We now write to the new one. Links in earlier e-mails no longer work: ask for a new one there.
account-address-over-title = This link no longer works
account-address-over-text = It has expired, was replaced by a later one, or the change is already made. Nothing has changed by opening it.

account-language-title = Language
account-language-text = Our pages and e-mails to you.
account-language-which = Which language?
account-language-fr = French
account-language-en = English
account-language-keep = Keep this language

account-joined-title = Sent with the same address
account-duplicates-text = { $count ->
    [one] This was sent with your e-mail address, under a name and details of its own. If it was you, join it to see everything in one place. If it wasn’t, leave it: nothing changes.
   *[other] These were sent with your e-mail address, each under a name and details of its own. Join those that are yours to see everything in one place. Leave the others: nothing changes.
 }
account-join = It was me: join
account-joined-text = You joined these. Separating them changes nothing in them.
account-part = Separate

account-mail-address-subject = Your address at { $site }
account-mail-address-old = You, or somebody in your area at { $site }, asked us to write to another address from now on:
account-mail-address-new = Somebody asked us to use this address for their applications at { $site }.
account-mail-address-confirm = If it was you, confirm here:
account-mail-address-ends = The link works for one day. Nothing changes until it is confirmed from both addresses, the old and the new.
account-mail-address-not-you-old = If it wasn’t you, don’t confirm: nothing will change. Then open your area and sign out everywhere.

done-address-asked = Two e-mails have left: one to the new address, one to the old. Confirm in both.
done-address-cancelled = Nothing is changed. The two links no longer work.
done-language-kept = Kept: we use this language from now on.
done-joined = Joined: you now see everything in one place.
done-parted = Separated: each is on its own again.

# The second factor, passkeys.

account-code = Code
account-code-title = One more step
account-code-text = Enter the code that your app shows, or one of those you keep on paper.
account-code-wrong = This code doesn’t fit or was used. Enter the one your app shows now.
account-code-lost = If you have neither the app nor a code, ask the person who looks after the accounts.
account-code-passkey = Your account asks for two factors. Go on with your passkey.
account-code-scripts = A passkey needs JavaScript: allow it for this site, then load this page again.
account-code-passkey-lost = If you no longer have the passkey, ask the person who looks after the accounts.
account-setup-text = Your role signs in with two factors: your password, and one of these. Choose one now; it takes a minute.
account-setup-passkey = A passkey
account-setup-app = An app on your telephone gives a code, which you enter after your password.
account-setup-failed = That didn’t work. Try again, or set up an app.
account-app-title = Codes from an app
account-app-name = Desk
account-app-text = Besides your password, signing in will ask for a code that an app on your telephone gives.
account-app-begin = Set up an app
account-app-scan = Scan this with an authenticator app.
account-app-qr = QR code for an authenticator app
account-app-here = The app is on this device
account-app-type = Or type this into the app:
account-app-first = Enter the code that the app shows.
account-app-confirm = Confirm
account-codes-title = Codes to keep on paper
account-codes-text = Each of these opens your account once, when you don’t have the app. Print them or write them down; they are shown only now.
account-codes-kept = I have kept them
account-factor-title = Second factor
account-factor-has = { $count ->
    [one] An app gives codes for your account. You have 1 code on paper left.
   *[other] An app gives codes for your account. You have { $count } codes on paper left.
 }
account-factor-none = A password alone opens your account. A code from an app makes a stolen password worthless.
account-factor-required = Your role asks for two factors: use a passkey, or set up an app.
account-factor-replace = Use another app
account-factor-codes = New codes on paper
account-factor-remove = Stop asking for codes
account-factor-last = Your role asks for two factors (clause { $clause } of the policy): add another before you remove this one.
account-passkeys-title = Passkeys
account-passkeys-text = A passkey signs you in with your device’s fingerprint, face or PIN: nothing to type, nothing to steal.
account-passkeys-scripts = Adding a passkey needs JavaScript.
account-passkey-add = Add a passkey
account-passkey-enter = Sign in with a passkey
account-passkey-failed = That didn’t work. Try again, or sign in another way.
account-passkey-unknown = This passkey opens no account here. Sign in another way.
account-passkey-many = You have as many passkeys as there may be. Remove one first.
account-passkey-since-html = added { $since }
account-passkey-used-html = · last used { $used }
account-staff-reset = Reset the second factor
account-one-of-two = Give an e-mail address or words of a name.
