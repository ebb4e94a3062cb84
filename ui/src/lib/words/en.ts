/**
 * Every word of ours, in English. The values are ICU messages.
 *
 * Short, plain, active; the person is "you"; the site is called by its name. Say what happened,
 * then what to do. Never blame. Keys are named by where the words stand.
 */
export const en = {
  // The header.
  "header.for": "for “{profile}”",
  "header.no_site": "The site",
  "time.left": "{minutes, plural, one {# min left} other {# min left}}",
  "time.left_long":
    "Time left for this login: {minutes, plural, one {# minute} other {# minutes}}.",
  "time.answer": "about {minutes, plural, one {# min} other {# min}} to answer",
  "time.answer_long":
    "You have about {minutes, plural, one {# minute} other {# minutes}} to answer.",
  "time.last": "{clock} left",
  "time.last_answer": "about {clock} to answer",
  "time.last_long": "Less than two minutes are left for this login.",
  "time.last_answer_long": "Less than two minutes are left to answer.",
  "time.over": "Time is nearly over",

  // Before the login.
  "starting.heading": "One moment",
  "starting.failed": "Usher can’t show this window",
  "starting.failed_advice": "Close Usher and open your link again.",

  "invited.heading": "You’re asked to log in",
  "invited.intro":
    "Whoever sent you this link needs a browser that is logged in to a site. You supply what only you know; the browser does the rest.",
  "invited.next": "Next you see which site it is. You type nothing before that.",
  "invited.typed": "What you type goes to that site, through Kernel. Usher keeps none of it.",
  "invited.time": "It usually takes a minute or two. You have up to 20 minutes.",
  "invited.once": "The link works once. It is used when you go on.",
  "invited.expected":
    "Did you expect this link? If not, close this window: nothing has happened yet.",
  "invited.service": "Service",
  "invited.environment": "Environment",
  "invited.connection": "Connection",
  "invited.instead": "Your login to {site} is still open. If you go on, it leaves this window.",
  "invited.go_on": "Go on",
  "invited.not_now": "Not now",

  "link.back": "Back to {site}",

  "no_link.heading": "Open the link you were sent",
  "no_link.intro":
    "Usher helps you log in to a site when somebody needs a browser that is logged in there. It starts with a link.",
  "no_link.click": "Click the link in the message you got. Usher opens by itself.",
  "no_link.paste": "If that does nothing, copy the link and paste it here.",

  "paste.label": "Your link",
  "paste.hint": "It begins with usher://login/",
  "paste.button": "Open link",
  "paste.empty": "Paste the link first.",
  "paste.failed": "Usher couldn’t open that link. Try it once more.",
  "paste.new": "I have a new link",

  "bad_link.heading": "This link can’t be used",
  "bad_link.unsent": "Nothing was sent anywhere.",
  "bad_link.again": "Copy the whole link from your message and paste it here.",
  "bad_link.not_an_usher_link": "It isn’t a link for Usher. A link for Usher begins with usher://",
  "bad_link.too_long": "It is longer than any link for Usher. Something else may be stuck to it.",
  "bad_link.odd_characters": "It has characters in it that don’t belong there.",
  "bad_link.unknown_kind":
    "It asks for something this Usher doesn’t know. A newer version of Usher may know it.",
  "bad_link.bad_connection": "The part that says which login it is for is damaged.",
  "bad_link.no_code": "The end of it is missing: it has no one-time code.",
  "bad_link.bad_code": "Its one-time code is damaged or cut off.",
  "bad_link.repeated_part": "A part of it is there twice.",
  "bad_link.unknown_part": "It has a part that this Usher doesn’t know.",
  "bad_link.unknown_environment":
    "It is for a service that isn’t set up on this computer. Ask whoever sent it which service it is for.",

  "opening.heading": "Opening your login",
  "opening.now": "Asking {service} for your login.",

  "not_opened.try_again": "Try again",

  // The flow.
  "stage.opening": "Opening your login",
  "stage.opening_now": "Reading where the login stands.",
  "stage.finding_out": "Finding out what {site} asks",
  "stage.finding_out_now":
    "The remote browser is opening the login page and looking at what it asks. This often takes half a minute.",
  "stage.waiting_elsewhere": "Continue on your other device",
  "stage.waiting_elsewhere_now":
    "{site} wants you to confirm this somewhere else, for example on your phone or in an e-mail.",
  "stage.waiting_elsewhere_next": "When you’ve done it, this window goes on by itself.",
  "stage.sending": "Sending your answer to {site}",
  "stage.sending_now": "The remote browser is typing your answer into the login page.",
  "stage.needs_a_person": "{site} needs you to act on its page",
  "stage.needs_a_person_now":
    "Something there can’t be asked here, a puzzle perhaps. Open the page, do what it asks, and come back.",
  "stage.needs_a_person_next": "When it’s done, this window goes on by itself.",
  "stage.unfamiliar": "{site} asks for something new",
  "stage.unfamiliar_now":
    "This version of Usher doesn’t know this step, so it can’t show it here. You can do it on the page itself.",
  "stage.unfamiliar_next":
    "Usher keeps watching. If a step follows that it knows, it goes on here.",
  "stage.asking_nothing": "{site} asks for something Usher can’t show",
  "stage.logged_in": "You’re logged in",
  "stage.logged_in_now": "{site} is logged in for “{profile}”.",
  "stage.logged_in_now_plain": "{site} is logged in.",
  "stage.logged_in_next": "You’re done. You can close this window.",
  "stage.failed": "The login did not succeed",
  "stage.expired": "This login ran out of time",
  "stage.canceled": "This login was cancelled",
  "stage.access_ended": "Your access to this login is over",
  "stage.refused": "The service didn’t let Usher in",
  "stage.gone": "This login no longer exists",
  "stage.unconfirmed": "It isn’t clear how this login ended",
  "stage.not_running": "No login is running",
  "stage.cannot_follow": "Usher can’t follow this login",
  "stage.over_advice": "Ask whoever sent you the link for a new one.",

  // The site's words.
  "quote.says": "{site} says",
  "quote.service_says": "The service says",

  // The prompt.
  "prompt.code": "Enter the code",
  "prompt.totp_code": "Enter the code from your authenticator app",
  "prompt.password": "Enter your password",
  "prompt.identifier": "Enter your user name, e-mail or phone",
  "prompt.email": "Enter your e-mail address",
  "prompt.tel": "Enter your phone number",
  "prompt.sign_in": "Enter your sign-in details",
  "prompt.totp_secret": "Enter the key for your authenticator app",
  "prompt.one_more": "{site} asks for one more thing",
  "prompt.details": "{site} asks for some details",
  "prompt.choose_account": "Choose an account",
  "prompt.choose_code": "Choose how to get the code",
  "prompt.choose_proof": "Choose how to show that it’s you",
  "prompt.choose_sign_in": "Choose how to sign in",
  "prompt.choose_one": "Choose one",
  "prompt.another_way": "Use another way",
  "prompt.or": "or",
  "prompt.needed": "* needed",
  "prompt.continue": "Continue",
  "prompt.sending": "Sending to {site}…",
  "prompt.sent_status": "Sending your answer to {site}.",
  "prompt.stale": "The page moved on before your answer was sent. It was not used.",
  "prompt.not_asked": "Nothing is asked right now. Your answer was not sent.",
  "prompt.over": "This login is over. Your answer was not sent.",
  "prompt.unsent": "Your answer could not be sent. It is still here; try again.",
  "prompt.check_fields":
    "{fields, plural, one {One field still needs an answer.} other {# fields still need an answer.}}",

  // Fields.
  "field.identifier": "User name",
  "field.identifier_email": "E-mail address",
  "field.identifier_tel": "Phone number",
  "field.password": "Password",
  "field.code": "Code",
  "field.totp_code": "Code from your authenticator app",
  "field.totp_secret": "Key for your authenticator app",
  "field.text": "Answer",
  "field.required": "needed",
  "field.optional": "(optional)",
  "field.empty": "Fill this in to go on.",
  "field.rejected": "{site} didn’t accept the last one. Enter it again, or another.",
  "field.rejected_code": "{site} didn’t accept the last code. Enter a new one.",
  "field.reveal": "Show what is typed: {label}",
  "field.caps_lock": "Caps Lock is on.",
  "field.stray_space": "There is a space at the start or the end. It will be sent as it is.",

  // Choices without words of the site.
  "choice.sms": "Text message",
  "choice.call": "Phone call",
  "choice.email": "E-mail",
  "choice.totp": "Authenticator app",
  "choice.push": "Tap on your phone",
  "choice.password": "Password",
  "choice.passkey": "Passkey",
  "choice.switch": "Another way",
  "choice.mfa_method": "Another way to show that it’s you",
  "choice.sso_provider": "Another account",
  "choice.sign_in_method": "Another way to sign in",
  "choice.account": "An account without a name",
  "choice.other": "An option without a name",

  // Notices.
  "notice.page_moved_on":
    "{site} moved on before your answer arrived, so it was not used. This is what it asks now.",
  "notice.not_accepted":
    "Your answer was not accepted, so it was not used. Check it and send it again.",
  "notice.outcome_unknown":
    "The connection broke while your answer was on its way. It may or may not have arrived. If the question is still here, you can send it again.",
  "notice.still_asked":
    "Your answer arrived, and {site} still asks the same. You can send it again.",
  "notice.wait": "The service asks for a pause. You can send your answer again in {clock}.",
  "notice.wait_over": "The pause is over. You can send your answer again.",
  "notice.asked_again":
    "{site} has asked this {rounds, plural, one {# time} other {# times}} now. If you’re sure of your answer, its own page may say more.",
  "notice.service_trouble": "The service has a problem just now. The login may still go on.",

  // The connection.
  "lost.label": "Connection",
  "lost.ended": "The connection to the service ended.",
  "lost.silent": "The service has gone quiet.",
  "lost.offline": "This computer is not connected to a network.",
  "lost.name_unknown": "The service’s name is not known here. Check your connection.",
  "lost.refused": "The service does not take connections. It may be down for a while.",
  "lost.unreachable": "The service can’t be reached. Check your connection.",
  "lost.certificate_expired": "The service’s certificate has expired. Check this computer’s date.",
  "lost.certificate_wrong_host":
    "What answers is not the service: its certificate is for another name. Try another network.",
  "lost.certificate_unknown_issuer":
    "The service’s certificate is from an issuer that this computer does not know. Try another network.",
  "lost.wrong_clock": "This computer’s clock is wrong. Set its date and time.",
  "lost.not_secure":
    "What answers does not speak securely. Open any page in your browser: the network may want a sign-in.",
  "lost.untrusted": "The service couldn’t prove who it is. Try another network.",
  "lost.proxy_unreachable":
    "The proxy on the way can’t be reached. Check this computer’s network settings.",
  "lost.proxy_wants_login":
    "The proxy on the way asks for a login. Put it into this computer’s proxy settings.",
  "lost.proxy_refused":
    "The proxy does not let Usher through. Ask whoever looks after your network.",
  "lost.slow": "The service is slow to answer.",
  "lost.service_trouble": "The service has a problem.",
  "lost.rate_limited": "The service asks for a pause.",
  "lost.trying": "Since {time}. Usher keeps trying.",
  "lost.announce": "Connection lost. {cause} Usher keeps trying.",
  "lost.back": "The connection is back.",

  // The keychain.
  "keychain.absent": "This computer has no keychain that Usher can use.",
  "keychain.locked": "This computer’s keychain is locked.",
  "keychain.refused": "This computer’s keychain didn’t let Usher in.",
  "keychain.silent": "This computer’s keychain doesn’t answer.",
  "keychain.broken": "This computer’s keychain has a problem.",
  "keychain.follows": "Finish before you close Usher: after that, you’d need a new link.",
  "keychain.unlock":
    "If you unlock it before you open a link, Usher can pick up where you left off.",

  // Pages elsewhere.
  "page.heading": "Is something missing here?",
  "page.live_view": "Open the remote browser",
  "page.hosted_page": "Open Kernel’s own page",
  "page.at": "in your browser, at {host}",
  "page.used_up": "Its one-time link has probably been used up. It may turn you away.",
  "page.opened": "Opened in your browser. Come back here afterwards.",
  "page.refused_no_page": "That page isn’t there any more.",
  "page.refused_bad_address": "Usher didn’t open that page: its address isn’t safe.",
  "page.refused_no_browser": "Usher found no browser to open it with.",
  "page.failed": "That didn’t work. Try it once more.",
  "confirm.heading": "Open this page?",
  "confirm.host": "It is at this address:",
  "confirm.why":
    "Usher doesn’t know this address. If you don’t expect it, leave it closed and ask whoever sent you the link.",
  "confirm.open": "Open it",
  "confirm.leave": "Don’t open",

  // What can be done.
  "do.check_again": "Check again",
  "do.close": "Close",
  "do.copy": "Copy message",
  "do.copied": "Copied",
  "do.copy_failed": "Usher couldn’t copy it. Select the text and copy it yourself.",
  "do.details": "Show details",
  "copy_details.do": "Copy details",
  "copy_details.for":
    "For whoever helps you. Safe to send: no password, code, key or link is in it.",
  "copy_details.copied": "Details copied",
  "copy_details.copied_long":
    "The details are copied. They are safe to send: no password, code, key or link is in them.",
  "copy_details.failed": "Not copied. Try again",
  "copy_details.failed_long": "The details couldn’t be copied.",

  // Asking for a new link.
  "request.heading": "A message you can send",
  "request.message":
    "Hello, I tried to log in{site, select, none {} other { to {site}}}{profile, select, none {} other { for “{profile}”}} with the link you sent, and it didn’t work out{title, select, none {} other {: {title}}} Could you send me a new link?{code, select, none {} other { (For support: {code})}}",
  "request.unsure":
    "Hello, I tried to log in{site, select, none {} other { to {site}}}{profile, select, none {} other { for “{profile}”}} with the link you sent, and Usher could not confirm how that ended. Do you see it logged in? If not, could you send me a new link?{code, select, none {} other { (For support: {code})}}",
  "end.code": "For support: {code}",

  // What happens to what is typed.
  "footer.goes": "Goes to {site} through Kernel.",
  "footer.saved": "Saved for next time.",
  "footer.not_saved": "Not saved for next time.",
  "footer.who": "Who can see?",
  "footer.who_site": "{site} gets what you type, as if you typed it on its own page.",
  "footer.who_kernel": "Kernel runs the remote browser and types it in for you.",
  "footer.who_saved": "Kernel saves it to log in again later without asking you.",
  "footer.who_not_saved": "Kernel is told not to save it.",
  "footer.who_saved_unknown": "Usher can’t tell whether Kernel saves it.",
  "footer.who_sender":
    "Whoever sent you the link can watch the remote browser, and can use the login afterwards.",
  "footer.recorded": "The remote browser is being recorded.",
  "footer.not_recorded": "The remote browser is not recorded.",
  "footer.recorded_unknown": "Usher can’t tell whether the remote browser is recorded.",
  "footer.who_usher": "Usher keeps nothing of what you type.",
} as const;
