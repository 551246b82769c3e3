# The published policy.

privacy-policy = Privacy policy
privacy-version = Version { $version }
privacy-effective-html = In force since { $day }
privacy-updated-html = Changed on { $day }
privacy-contents = Contents
privacy-print = Print
privacy-versions = Earlier versions
privacy-clause-link = Link to this clause
privacy-not-offered = Not offered
privacy-cookie-name = Name
privacy-cookie-purpose = What it is for
privacy-cookie-kept = How long
privacy-cookie-consent = Consent
privacy-consent-exempt = Not required
privacy-consent-opt_in = Asked beforehand

privacy-tracker-necessary = Needed
privacy-tracker-preference = Your preference
privacy-tracker-security = Security
privacy-tracker-audience_exempt = Audience, without consent
privacy-tracker-analytics = Audience, with consent
privacy-tracker-advertising = Advertising
privacy-tracker-email_open = Opening of e-mails
privacy-tracker-email_click = Clicks in e-mails

privacy-register = Record of processing
privacy-register-menu = Record
privacy-register-lead = The record of article 30 GDPR, written from the charter in force: it changes with it.
privacy-register-csv = Download as CSV
privacy-register-markdown = As Markdown

# Versions, and what each changed.
privacy-what-changed = What changed
privacy-what-changed-in = What version { $version } changed
privacy-what-changes = What changes
privacy-what-changes-in = What version { $version } changes
privacy-all-versions = All versions
privacy-from-html = Applies from { $day }
privacy-from-until-html = Applied from { $from } until { $until }
privacy-next-html = Version { $version } of this policy applies from { $day }.
privacy-past-html = This version no longer applies. Another took its place on { $until }.
privacy-not-yet-html = This version doesn’t apply yet: it will from { $day }.
privacy-read-running = Read the policy in force
privacy-next-title = What changes in our privacy policy
privacy-next-lead-html = Version { $version } applies from { $day }. Until then nothing changes.
privacy-next-whole = Read the new version
privacy-next-none = No change is announced.
privacy-versions-title = Versions of the policy
privacy-versions-lead = Every version that applied here, as it was published. The digest tells one text from any other: it stands at the foot of each page, and what we keep of you bears the version it was collected under.
privacy-standing-running = In force
privacy-standing-past = No longer in force
privacy-standing-next = Announced

change-none = No clause changes.
change-count = { $count ->
    [one] One clause changes.
   *[other] { $count } clauses change.
 }
change-count-consent = { $count ->
    [one] One needs the consent of those it concerns.
   *[other] { $count } need the consent of those they concern.
 }
change-count-notice = { $count ->
    [one] One is announced before it applies.
   *[other] { $count } are announced before they apply.
 }
change-count-nothing = { $count ->
    [one] One asks for nothing: it promises more or uses less.
   *[other] { $count } ask for nothing: they promise more or use less.
 }
change-needs-nothing = Asks for nothing
change-needs-notice = Announced
change-needs-consent = Takes consent
change-means-notice = Announced before it applies.
change-means-consent = It takes the agreement of those it concerns before it applies to what they gave earlier.
change-means-consent-time = What was collected before is kept no longer than was promised then, until the person agrees.
change-added = New clause
change-changed = Changed
change-removed = Taken out
change-not-offered = Not offered here
change-for = For: { $people }
change-before = Before
change-after = After

# The charter at the desk.
charter-menu = Charter
charter-title = Charter
charter-public = The published policy
charter-running = Version { $version }
charter-since = In force since
charter-activated = Activated
charter-by-command = at the command line
charter-by-founding = when the site was founded
charter-digest = Digest (SHA-256)
charter-upcoming = Version { $version }
charter-upcoming-text-html = It applies by itself from { $from }, in the text that was activated, whatever becomes of the file.
charter-announced = As the site announces it
charter-by-mail = The charter promises to tell changes by e-mail, and this program doesn’t send these e-mails yet: send them yourself before the day.
charter-withdraw = Withdraw this version
charter-withdraw-text = It will not apply; the version in force stays. The text remains in its file and can be activated again.
charter-withdraw-confirm = Withdraw
charter-changes = What changes
charter-broken = The next version’s file can’t be read
charter-broken-badge = Nothing changes
charter-broken-text = Version { $version } stays in force. Mend these lines of charter.toml in the site’s folder: this page follows.
charter-problem-place = Where
charter-problem-message = What to do
charter-problem-rule = Rule
charter-place = Line { $line }, column { $column }
charter-proposal = Version { $version }
charter-good = Proposed
charter-refused = Can’t be activated
charter-proposal-text = It lies in charter.toml in the site’s folder. It changes nothing before somebody in charge of data protection activates it.
charter-errors = Errors
charter-errors-text = As long as one remains, the version can’t be activated.
charter-warnings = Warnings
charter-warnings-text = Lawful with a reason: as long as one is without it, the version can’t be activated.
charter-gaps = Gaps
charter-gaps-text = What a policy has to say and this one doesn’t yet. A version can be activated with them, unless something would be kept without an end.
charter-reason = Reason given: { $reason }
charter-not-offered = Declared, not offered
charter-not-offered-text = This program doesn’t do this yet: nothing is collected for it, and the published policy says so.
charter-activate-title = Activate it
charter-activate-text = From the beginning of that day it is the policy of this site, on every page and for everything that is collected from then on. Until then you can withdraw it. The ledger keeps who activated what.
charter-activate = Activate version { $version }
charter-day = It applies from
charter-day-hint = { $day } at the earliest: not before the day that it names itself, nor before the time for which changes are promised to be announced.
charter-need-day = Give the day from which it applies.
charter-too-early = This day is too early: see the earliest below.
charter-changed-meanwhile = The file or the versions have changed since you looked: nothing is activated. Read what is proposed now.
charter-withdrawn-late = It can’t be withdrawn any more: it applies, or will in a few seconds.
charter-wait = Version { $version } waits for its day: withdraw it first to activate this one.
charter-nothing = Nothing is proposed. Write the next version into charter.toml in the site’s folder: it appears here, compared with this one.
charter-version = Version
charter-standing = Standing
charter-applies = Applies

# Asked whether to keep on.

privacy-mail-renewal-subject = { $site }: shall we keep what you sent?
privacy-mail-renewal-asks = The time for which we keep this ends: { $about }, at { $site }. Shall we keep it on?
privacy-mail-renewal-link = Answer with one click, without signing in:
privacy-mail-renewal-silence = If you don’t answer, we erase it after { $until }: silence never prolongs. The rule, in our policy:
privacy-renewal-ask-title = Shall we keep this on?
privacy-renewal-ask-text = The time for which we keep it ends.
privacy-renewal-ask-text-html = The time for which we keep it ends. Without your answer we erase it after { $day }.
privacy-renewal-keep-title = We keep it
privacy-renewal-keep-text = Thank you: the time begins anew.
privacy-renewal-keep-text-html = Thank you: the time begins anew, until { $day }. Then we ask again.
privacy-renewal-erase-title = We erase it
privacy-renewal-erase-text = It is being erased now, with its files and its key. You need do nothing else.
privacy-renewal-over-title = Nothing is asked here
privacy-renewal-over-text = This link was never one of ours, has ended, or what it asked about is erased already.
privacy-renewal-yes = Keep it
privacy-renewal-no = Erase it now
privacy-renewal-clause = The rule
privacy-renewal-waits = We ask you: shall we keep on { $about }? Without an answer we erase it after { $day }.
done-renewal-kept = We keep it on.
done-renewal-erased = It is being erased.

# Everything erased.

privacy-erased-title = Erased
privacy-erased-text-html = Done on { $at }: { $count ->
    [one] one dossier is gone, with its files and its key
   *[other] { $count } dossiers are gone, with their files and their keys
}. Nothing of them can be read here any more.
privacy-erased-kept = { $count ->
    [one] One dossier stays for now, because the law or a pending claim requires it. Nobody uses it any more, and it goes when that ends.
   *[other] { $count } dossiers stay for now, because the law or a pending claim requires it. Nobody uses them any more, and they go when that ends.
}
privacy-erased-backups = Copies in backups open nothing once their keys are gone too: { $window } at most.
privacy-erasing-title = Being erased
privacy-erasing-text-html = Asked on { $at }. It is being done now and can’t be stopped, whatever happens to our machines.
privacy-erasing-again = Look again
privacy-erased-write-html = Questions: <a href="mailto:{ $address }">{ $address }</a>

# What goes tonight.

keeping-title = What goes tonight
keeping-menu = Tonight
keeping-lead = What the charter promises to erase by the end of today, soonest first. It goes by itself. A hold suspends it, where the charter declares one.
keeping-dossier = Dossier
keeping-what = Kept for
keeping-rule = Rule
keeping-when = Ends
keeping-hold = Hold
keeping-restricted = Restricted
keeping-place = Place a hold
keeping-lift = Lift
keeping-no-hold = None declared
keeping-hold-why = Why
keeping-hold-reference = Reference of the file
keeping-hold-until = Until
keeping-hold-wrong = The hold isn’t placed: it needs a kind that the charter declares, the reference of its file (letters, digits, spaces, - / .) and a day to come.
keeping-kind-legal_claim = Legal claim
keeping-kind-authority_request = An authority’s request
keeping-kind-dispute = Dispute
keeping-kind-directives = Directives after death
keeping-nothing = Nothing ends today.
keeping-next = Next
keeping-stopped-clock_behind = The sweep waits: the clock of this server is behind what it has seen already. Set it right, then confirm.
keeping-stopped-clock_ahead = The sweep waits: more than two days have passed since the last one. Make sure that the clock is right, then confirm.
keeping-stopped-too_many = The sweep waits: far more is due than usual. Look at the list, then confirm.
keeping-confirm = Clock and list are right: go on today
done-sweep-confirmed = The sweep goes on.
done-hold-placed = The hold stands.
done-hold-lifted = The hold is lifted.

# Receipts.

receipt-title = Your receipts
receipt-lead = A receipt is signed and says nothing about you. Keep it: it can be verified without us, even when we have nothing of yours any more.
receipt-erasure = Receipt of the erasure
receipt-application = Receipt of the application
receipt-consent_given = Receipt of your consent
receipt-withdrawn = Receipt of the withdrawal
receipt-colon = {":"}
receipt-of-day-html = { $what }, { $at }
receipt-check-html = To verify it: <code>vivier receipt verify</code>, and <a href="/.well-known/vivier-receipts.json">the keys that we publish</a>.

# Who had received anything of what is erased.

privacy-erased-told-title = Who else had received any of it
privacy-erased-told-none = Nobody received anything that would still have to be erased there.
privacy-erased-told-open = to be told, not done yet
privacy-erased-told-told-html = told on { $at }, no answer so far
privacy-erased-told-answered-html = told, and answered on { $at } that it is done
privacy-erased-told-by_itself = erases it by itself, { $until }
done-left-alone = Your address is noted to be left alone, as a fingerprint only.

# Processors to be told.

processors-title = Who is to be told
processors-menu = To be told
processors-lead = Those who received something of what was erased, rectified or restricted since, and who don’t learn of it by themselves, oldest first. Without an answer, { $days ->
    [one] remind them after a day
   *[other] remind them after { $days } days
}.
processors-who = Who
processors-what = What
processors-since = Since
processors-state = How it stands
processors-do = To do
processors-cause-erased = { $count ->
    [one] One dossier erased
   *[other] { $count } dossiers erased
}
processors-cause-rectified = { $count ->
    [one] One dossier rectified
   *[other] { $count } dossiers rectified
}
processors-cause-restricted = { $count ->
    [one] One dossier restricted
   *[other] { $count } dossiers restricted
}
processors-state-open = To be told
processors-state-told = Told
processors-state-by_itself = By itself
processors-told-html = { $count ->
    [one] on { $at }
   *[other] { $count } times, last on { $at }
}.
processors-again-html = Remind on { $at }.
processors-api = No connector tells it yet: it is for you to do.
processors-nothing-to-do = Nothing
processors-letter = The letter
processors-letter-hint = To be sent to its contact.
processors-letter-to = To be sent there: { $contact }
processors-contract = The contract: { $contract }
processors-letter-subject-erased = Erasure of data that we passed on to you, reference { $reference }
processors-letter-subject-rectified = Rectification of data that we passed on to you, reference { $reference }
processors-letter-subject-restricted = Restriction of data that we passed on to you, reference { $reference }
processors-letter-hello = Dear Sir or Madam,
processors-letter-erased = { $count ->
    [one] We have erased the data of a person
   *[other] We have erased { $count } dossiers
} part of which we had passed on to you. Please erase it too, copies included (articles 17 and 19 GDPR).
processors-letter-rectified = { $count ->
    [one] We have rectified the data of a person
   *[other] We have rectified { $count } dossiers
} part of which we had passed on to you. Please use what you received no more (articles 16 and 19 GDPR).
processors-letter-restricted = { $count ->
    [one] The use of the data of a person is restricted
   *[other] The use of { $count } dossiers is restricted
} part of which we had passed on to you. Please keep it and use it no more (articles 18 and 19 GDPR).
processors-letter-when = You received it between { $from } and { $to }.
processors-letter-messages = These are the messages of these numbers (Message-ID):
processors-letter-shared = This is what was passed on under these references:
processors-letter-please = { $days ->
    [one] Please confirm within a day
   *[other] Please confirm within { $days } days
} that it is done, giving the reference { $reference }.
processors-say-told = Told
processors-say-again = Reminded
processors-say-answered = Has answered
processors-next = Next
processors-first = Back to the beginning
processors-none = Nobody is to be told.
done-processor-told = Noted: told.
done-processor-answered = Noted: done on their side.
