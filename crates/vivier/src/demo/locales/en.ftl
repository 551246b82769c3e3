# The demo's own pages.

demo-title = Demo
demo-heading = Try Vivier
demo-lead = Two sites run here, each on its own privacy policy. The organisations and the people are invented; everything goes when you stop the demo, unless you gave it a folder.
demo-visit = Visit the site
demo-sign-in = Sign in as
demo-site-careers = A group’s careers site: offers, applications, a recruitment department.
demo-site-agency = A recruitment firm: each consultant sees the applications to their own offers.
demo-role-recruiter = Recruiter
demo-role-consultant = Consultant
demo-role-sales = Sales
demo-role-webmaster = Webmaster
demo-role-it = IT
demo-role-dpo = Data protection officer
demo-role-admin = Administrator
demo-role-candidate = Candidate
demo-password = Or sign in by address and password; the password for all of them is
demo-mails = Mails
demo-mails-lead = A demo keeps its mails instead of sending them. Here they are, newest first.
demo-mail-leaves-html = leaves on { $at }
demo-no-mails = No mail yet.
demo-lost-lead = This address leads nowhere. The demo’s start page has both sites and their sign-ins; the pages of a site lie under its own address.
demo-lost-back = Back to the start page
