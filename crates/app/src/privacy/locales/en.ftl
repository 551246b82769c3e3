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
