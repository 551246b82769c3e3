token-title = API tokens
token-new = A new token
token-about-html = A program that shows a token acts for you: it sees what your role may see and decides nothing. What there is to ask is described at <a href="{ $href }">{ $href }</a>.
token-field-name = Name
token-field-name-hint = What the program does, so that you know the token again.
token-field-scopes = What it may be used for
token-field-scopes-hint = As little as the program needs. Your role’s own limits hold as well.
token-field-days = How long it works
token-days =
    { $days ->
        [365] One year
       *[other] { $days } days
    }
token-scope-vacancies-read = See drafts and closed vacancies
token-scope-vacancies-write = Write, publish and close vacancies
token-scope-applications-read = See applications, stages and decisions
token-scope-applications-write = Bring applications in and move them
token-scope-documents-read = Download what people attached
token-scope-people-read = Look people up
token-make = Make the token
token-make-hint = It is shown once.
token-made = Here is your token. Copy it now: it isn’t kept, and won’t be shown again.
token-secret = The token
token-used = Last used
token-never = Never
token-ends = Works until
token-revoke = Revoke
token-none-title = No tokens
token-none-text = Make one below when a program is to work for you.
token-need-name = Give it a name of at most 60 characters.
token-need-scopes = Choose at least one thing it may be used for.
token-need-days = Choose how long it works.
token-too-many = You have 50 tokens. Revoke one that is no longer needed first.
done-token-revoked = The token is revoked. It works no more.
