# Offers: what candidates read, and what staff write.

vacancy-list-title = Jobs
vacancy-list-heading = Find your place with us
vacancy-list-description = Open positions at { $name }: place, contract, pay and the steps of recruitment.
vacancy-search = Search for a job
vacancy-search-example = Occupation, town, keyword
vacancy-search-go = Search
vacancy-filters = Filter jobs
vacancy-filter-go = Apply filters
vacancy-filter-more = Show { $count } more
vacancy-count = { $count ->
    [0] No jobs
    [one] { $count } job
   *[other] { $count } jobs
 }
vacancy-published-ago-html = Published { $ago }
vacancy-published-on-html = Published on { $day }
vacancy-reference = Reference { $reference }
vacancy-none-title = No job matches
vacancy-none-text = Try fewer filters, or other words.
vacancy-none-at-all = There is no open position at the moment. Come back soon.
vacancy-none-action = See all jobs
vacancy-unsolicited-title = Nothing for you today?
vacancy-unsolicited-text = Tell us what you would like to do. We read every unsolicited application.
vacancy-unsolicited-action = Send an unsolicited application

vacancy-in-short = The job in short
vacancy-place = Place
vacancy-contract = Contract
vacancy-remote = Remote work
vacancy-salary = Pay
vacancy-apply = Apply
vacancy-apply-promise = A single page, no account needed.
vacancy-others = See other jobs
vacancy-next = What happens next
vacancy-similar = Similar jobs
vacancy-closed = This position is filled or withdrawn: we no longer take applications.

vacancy-contract-permanent = Permanent
vacancy-contract-fixed_term = Fixed-term
vacancy-contract-temporary = Agency work
vacancy-contract-apprenticeship = Apprenticeship
vacancy-contract-internship = Internship
vacancy-contract-freelance = Freelance
vacancy-remote-none = On site
vacancy-remote-partial = Partly remote
vacancy-remote-full = Fully remote
vacancy-salary-between = { $period ->
    [month] { $low } to { $high } a month
    [day] { $low } to { $high } a day
    [hour] { $low } to { $high } an hour
   *[year] { $low } to { $high } a year
 }
vacancy-salary-from = { $period ->
    [month] from { $low } a month
    [day] from { $low } a day
    [hour] from { $low } an hour
   *[year] from { $low } a year
 }
vacancy-salary-up-to = { $period ->
    [month] up to { $high } a month
    [day] up to { $high } a day
    [hour] up to { $high } an hour
   *[year] up to { $high } a year
 }
vacancy-salary-is = { $period ->
    [month] { $low } a month
    [day] { $low } a day
    [hour] { $low } an hour
   *[year] { $low } a year
 }

vacancy-state-draft = Draft
vacancy-state-published = Published
vacancy-state-closed = Closed
vacancy-desk-title = Jobs
vacancy-desk-new = New job
vacancy-desk-states = States of jobs
vacancy-desk-state = State
vacancy-desk-applications = Applications
vacancy-desk-waiting = Waiting
vacancy-desk-published = Published on
vacancy-desk-none-title = No job here
vacancy-desk-none-text = Write a job: it stays a draft until you publish it.
vacancy-desk-see = See it online
vacancy-desk-publish = Publish
vacancy-desk-close = Close the job
vacancy-desk-save = Save
vacancy-desk-save-hint = Saving doesn’t publish.

vacancy-field-title = Title
vacancy-field-title-hint = Neutral, for any gender.
vacancy-field-summary = Summary
vacancy-field-summary-hint = One or two sentences, for the list of jobs.
vacancy-field-description = Description
vacancy-field-description-hint = In Markdown: ## for a heading, - for a list.
vacancy-field-next_steps = Steps of recruitment
vacancy-field-next_steps-hint = One step a line, with how long it takes.
vacancy-field-place = Place
vacancy-field-contract = Contract
vacancy-field-remote = Remote work
vacancy-field-salary_min = Least pay
vacancy-field-salary_max = Most pay
vacancy-field-salary_period = Period
vacancy-field-language = Language of the job
vacancy-flaw-title = Give the position a title
vacancy-flaw-too-long = This text is too long: shorten it
vacancy-flaw-place = Say where the position is
vacancy-flaw-description = Describe the position
vacancy-flaw-salary = The most pay is below the least: correct one of them

vacancy-filter-contract = Contract
vacancy-filter-remote = On site or remote
vacancy-filter-place = Place
vacancy-tab-all = All
vacancy-tab-draft = Drafts
vacancy-tab-published = Published
vacancy-tab-closed = Closed
vacancy-field-country = Country
vacancy-field-country-hint = Two letters, such as FR.
vacancy-field-currency = Currency
vacancy-language-fr = French
vacancy-language-en = English
vacancy-period-year = a year
vacancy-period-month = a month
vacancy-period-day = a day
vacancy-period-hour = an hour
vacancy-currency-EUR = Euro
vacancy-currency-CHF = Swiss franc
vacancy-currency-GBP = Pound sterling
vacancy-flaw-country = Give the country in two letters, such as FR
vacancy-flaw-choice = Choose one of the answers offered
vacancy-flaw-amount = Enter an amount such as 38000 or 12.50
vacancy-french-only = Applications to this job are taken in French. In English, you can send us an unsolicited application and name the job.
