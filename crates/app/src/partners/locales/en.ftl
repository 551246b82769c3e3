# Partners: giving an application to somebody with purposes of their own.

partners-title = Pass on an application
partners-panel = Passed on
partners-panel-action = Pass on this application
partners-panel-to = Recipient: { $entity }
partners-panel-file = The file to hand over (ZIP)
partners-with = Recipient: { $entity }, who answers for what is done with it there.
partners-with-somebody = Its recipient answers for what is done with it there.
partners-goes = What goes
partners-nothing-else = Nothing else: the privacy policy allows no more.
partners-unreachable = This person has no e-mail address and can’t be told by us. So nothing may be passed on.
partners-told = The person is told at once by e-mail: to whom, what, and how to reach them. The file is there for you right after.
partners-to = To whom
partners-other = Somebody else, named below
partners-recipient = Name of the organisation
partners-recipient-hint = The organisation, not one of its people.
partners-contact = How the person reaches it
partners-contact-hint = Its public contact for personal data: an e-mail or postal address, or a page. It is shown to the person.
partners-need-to = Choose to whom, or “somebody else”.
partners-need-recipient = Enter the organisation’s name, in 200 characters at most.
partners-need-contact = Enter how the person reaches it, in 200 characters at most.
partners-action = Pass on and tell the person
partners-back = Back to the application
done-shared = Passed on. The file to hand over is in the application.

partners-own-title = To whom we gave it
partners-own-short = Whom to ask about what they hold.
partners-given-html = on { $day }
partners-reach = For what it holds of you, write to it: { $contact }
partners-passed-on = If you have data corrected, erased or restricted here, we tell it so.

partners-file-name = application
partners-file-title = Application passed on
partners-file-lead-html = { $who } passed this on to { $recipient } on { $day }.
partners-file-reference = Reference
partners-file-files = Files
partners-file-duty-title = What goes with it
partners-file-duty = You answer for what you do with it, and to its person. If { $who } tells you under this reference that data were erased, rectified or restricted, do the same and say so.
partners-file-write = Contact: { $address }

partners-mail-subject = { $site }: your application was passed on
partners-mail-for = We passed on your application for “{ $title }” to { $recipient }.
partners-mail-unsolicited = We passed on your unsolicited application to { $recipient }.
partners-mail-fields = What it received: { $fields }.
partners-mail-reach = { $recipient } answers for what it does with it. For what it holds of you, write to it:
partners-mail-rights = If you have data corrected, erased or restricted by us, we tell it so:
partners-mail-why = What our policy says of it:
