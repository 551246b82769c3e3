# The kit's own words. Those of a capability live beside it.

kit-skip = Skip to content
kit-main-menu = Main menu
kit-about-menu = About this site
kit-area-menu = Your area
kit-language = Language
kit-policy = Privacy policy, version { $version }
kit-digest = digest
kit-cookies = Cookies
kit-public-site = Public site
kit-sign-in = Sign in
kit-sign-out = Sign out
kit-close = Close

kit-undo = Undo
kit-undo-until = until { $hour }
kit-breadcrumb = Breadcrumb
kit-pages = Pages
kit-first = First page
kit-next = Next page
kit-filters-on = Active filters
kit-remove = Remove
kit-chart-table = The figures in a table
kit-automatic = automatic
kit-contest = Contest this result
kit-panel = File
kit-panel-next = Next
kit-panel-previous = Previous

kit-summary = { $count ->
    [one] One answer needs correcting
   *[other] { $count } answers need correcting
 }
kit-title-error = Error:
kit-error = Error:
kit-optional = (optional)
kit-choose = Choose
kit-file-takes = { $kinds }, { $size } at most
kit-file-size = { $size } at most
kit-file-kept = attached
kit-file-drop = Choose a file or drop it here
kit-file-large = This file is larger than { $size }. Choose a smaller one.

kit-keys = Keyboard shortcuts
kit-keys-on = One-key shortcuts on
kit-key-search = Search
kit-key-next = Next row
kit-key-previous = Previous row
kit-key-enter-name = Enter
kit-key-enter = Open the file
kit-key-stage = Change the stage
kit-key-escape-name = Esc
kit-key-escape = Close the file
kit-key-help = This help

error-status = Error { $status }
error-field-html = Refused field: <code>{ $field }</code>
error-clause-html = It is clause <a href="{ $href }">{ $clause }</a> of the privacy policy that refuses it.
error-reference-html = To ask us about it, quote reference <strong>{ $reference }</strong>. It holds nothing about you.
error-way-home = Back to the home page
error-way-desk = Back to the desk

error-not-found-title = There is no such page
error-not-found-text = The address may be incomplete, or the page was taken down.
error-sign-in-title = Sign in first
error-sign-in-text = This page can only be seen once you are signed in.
error-forbidden-title = This page isn’t open to you
error-forbidden-text = Your role doesn’t give access to this page. Whoever administers the site can tell you why.
error-gone-title = This page no longer exists
error-gone-text = What was here has been erased for good.
error-conflict-title = Somebody else was faster
error-conflict-text = Things have changed in the meantime. Reload the page to see where they stand.
error-invalid-title = This request can’t be read
error-invalid-text = Go back to the page before and try again.
error-invalid-repeated = “{ $label }” came with several answers, and it takes one. Nothing was stored. Go back to the form, reload it and fill it in again.
error-too-large-title = That is too large
error-too-large-text = Choose a smaller file and try again.
error-too-large-limit = The limit is { $limit }. Choose a smaller file and try again.
error-unsupported-media-title = This type of file isn’t accepted
error-unsupported-media-text = Save the document in an accepted format and try again.
error-unsupported-media-accepted = Accepted formats: { $accepted }. Save the document in one of them and try again.
error-too-many-title = Too many requests at once
error-too-many-text = Wait a minute, then try again.
error-unprocessable-title = We don’t collect this information
error-unprocessable-text = It isn’t among what we announced that we ask for. Nothing was stored.
error-unavailable-title = The service is unavailable for the moment
error-unavailable-text = Nothing was stored by halves. Try again in a few minutes.
error-internal-title = Something went wrong on our side
error-internal-text = It has been recorded. Try again in a few minutes.

showcase-title = The kit
showcase-intro = Every component, in every state.
showcase-buttons = Buttons and links
showcase-badges = Badges
showcase-notices = Messages
showcase-form = Form
showcase-search = Search
showcase-table = Table
showcase-pages = Pages and empty states
showcase-navigation = Navigation
showcase-timeline = History
showcase-chart = Measures
showcase-icons = Icons
showcase-do = Confirm
showcase-link = A link
showcase-badge = Badge
showcase-note = A remark that fits into one sentence.
showcase-machine = Estimated suitability: 4 out of 5
showcase-reason-1 = Three of the four skills asked for are there.
showcase-reason-2 = English isn’t mentioned.
showcase-name = Name
showcase-figure = Number
showcase-day = Day
showcase-all = Choose all
showcase-chosen = chosen
showcase-empty-title = Nothing here
showcase-empty-text = An empty state always says what to do.
showcase-code = Sample command
showcase-more = Read more

# What the charter itself says, in this language.
error-refusal = { $en }
