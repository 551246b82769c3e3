# Signing in, and the person's own area.

account-sign-in = Sign in
account-email = E-mail address
account-password = Password
account-wrong = The address or the password doesn’t match
account-need-email = Enter an e-mail address, for example name@example.com
account-need-password = Enter your password
account-signed-out = You are signed out.
account-candidates-html = Have you applied? <a href="{ $href }">Get a link to your applications</a>.

account-link-title = Find my applications
account-link-text = Give the address you applied with. We send a link there: no account, no password.
account-link-send = Get the link
account-link-sent-title = Look in your mailbox
account-link-sent-text = If an application was sent with this address, a link has just left for it. It works once and for a short time.
account-link-open-title = Open my applications
account-link-open-text = This link is yours alone. Open your applications on this device only if it is yours.
account-link-open-action = Open
account-link-over = This link was used already or has expired. Ask for another.
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
account-staff-active = Open
account-staff-closed = Closed
account-staff-never = never
account-staff-add = Add a person

account-mail-link-subject = Your link to { $site }
account-mail-link-text = Here is the link to your applications at { $site }:
account-mail-link-ends = It works for one hour.
account-mail-link-not-you = If you didn’t ask for it, you need do nothing.
