"""The first words of the site, for a council to change in the admin. Plain, short, and true of what is built."""

HOME_TITLE = "School and SEND, in one place"
HOME_INTRO = "Fill in the council’s forms, follow your child’s SEND case, and see who does what by when."

GUIDE_TITLE = "Your child’s SEND case, step by step"
GUIDE_INTRO = "What the council does, how long the law gives it, and what you can do at each step."
GUIDE_BODY = [
    (
        "text",
        """<p>SEND means special educational needs and disability. An Education, Health and Care plan (EHC plan) says
        what help a child needs and who gives it. The council has to follow steps that are set in law.</p>
        <h2>1. Somebody asks for an assessment</h2>
        <p>You, your child from the age of 16, or the school can ask. The clock starts on the day the council gets
        the request.</p>
        <p><a href="/forms/begin/ehc-needs-assessment-request/">Ask for an EHC needs assessment</a>. You can begin
        without an account.</p>
        <h2>2. The council decides whether to assess</h2>
        <p>It has 6 weeks. If it says no, it tells you why and what you can do about it.</p>
        <h2>3. The assessment</h2>
        <p>People who know your child, or who are trained to find out what helps, send their advice. The council
        decides whether a plan is needed. If it is not, it tells you within 16 weeks of the request.</p>
        <h2>4. The draft plan</h2>
        <p>You get a first version and at least 15 days to say what you think. You can ask for a certain school, and
        you can ask to meet somebody. We ask you through a form on your SEND dashboard.</p>
        <h2>5. The final plan</h2>
        <p>It is due within 20 weeks of the request. It names a school or a kind of school.</p>""",
    ),
    (
        "fold",
        {
            "summary": "What happens if the council is late",
            "text": """<p>The law allows a few reasons for being late. Being late never moves the date: your dashboard
            goes on showing the date that the law set, and says that we are late.</p>""",
        },
    ),
    (
        "fold",
        {
            "summary": "When a parent and a young person both have a say",
            "text": """<p>From the end of the school year in which they turn 16, young people decide for themselves,
            if they are able to. Parents can still help.</p>""",
        },
    ),
    ("contact", None),
]

HELP_TITLE = "Help"
HELP_INTRO = "Questions that people ask us most."
HELP_BODY = [
    (
        "Signing in",
        [
            (
                "How do I sign in?",
                """<p>Choose “Sign in”. Type your email address and your password. We then email you a security code of
                6 numbers. Type it in, and you are there. You get a new code each time, so nobody who only knows your
                password can get in.</p>""",
            ),
            (
                "My code has not come",
                """<p>It can take a few minutes. Look in your spam or junk folder. You can ask for a new code after
                30 seconds. The newest code is the one that works. If none comes, call us.</p>""",
            ),
            (
                "Somebody called me and asked for my password or code",
                """<p>Do not tell them. We will <b>never</b> ask for your password or security code by phone, text or
                email. Call us on the number on this page and tell us what happened.</p>""",
            ),
        ],
    ),
    (
        "Forms",
        [
            (
                "Can I stop half-way and come back?",
                """<p>Yes. Choose “Save for later”. Everything you wrote is kept, and you can carry on from another
                computer or phone. The council does not see a form until you submit it.</p>""",
            ),
            (
                "Can I change a form after I have sent it?",
                """<p>Not by yourself. Call your caseworker, who can open the form again for you. What you wrote is
                then still in it.</p>""",
            ),
            (
                "Who sees what I write?",
                """<p>The SEND team that looks after your child’s case. If your child has two homes, what one parent
                writes is not shown to the other.</p>""",
            ),
        ],
    ),
    (
        "Your SEND dashboard",
        [
            (
                "I cannot see my child’s case",
                """<p>The SEND team opens a case to each person one by one, after checking who they are. A link to your
                child’s school is not enough. If you think that you should see a case, call us.</p>""",
            ),
            (
                "How are the dates worked out?",
                """<p>Each date on the dashboard has “How we worked this out” beside it, with the law that it comes
                from.</p>""",
            ),
        ],
    ),
]

PRIVACY_TITLE = "Privacy"
PRIVACY_INTRO = "What we keep about you and your child, why, and who sees it."
PRIVACY_BODY = [
    (
        "text",
        """<h2>What we keep</h2>
        <p>Your name, email address, home address and date of birth, as you gave them. What you write in forms, and
        the files you add. What the council has recorded about your child’s SEND case.</p>
        <p>For 90 days we also keep when you signed in, with what kind of phone or computer, and from which network.</p>
        <h2>Why</h2>
        <p>The law asks the council to find out what help children need, and to give families a say. We use what you
        send for that, and for nothing else.</p>
        <h2>Who sees it</h2>
        <p>The team that looks after your child’s case, and its manager. Each time a member of staff opens your
        answers or files, we write down who it was and when.</p>
        <h2>Forms that you have not sent</h2>
        <p>Nobody at the council reads them. We delete them when they have lain untouched for some months; the form
        says how long.</p>
        <h2>Cookies</h2>
        <p>We use cookies only to keep you signed in safely, to know a browser that you have signed in with before, to
        find a form again that you began before signing in, and to keep to the language that you chose. We do not
        follow you around the web, and we use no outside service that does.</p>
        <h2>Your rights</h2>
        <p>You can ask to see what we hold, and to have mistakes put right.</p>""",
    ),
    ("contact", None),
]

EMAILS_TITLE = "Is it from us?"
EMAILS_INTRO = "How to tell our emails from those of somebody who pretends to be us."
EMAILS_BODY = [
    (
        "text",
        """<h2>What we never do</h2>
        <ul>
        <li>We never ask for your password or a security code by phone, text or email.</li>
        <li>We never ask you to pay, or for your bank details, by email.</li>
        <li>We never send a form, a letter or a report as an attachment. They wait for you on the site.</li>
        <li>Our emails never name your child.</li>
        </ul>
        <h2>What our emails look like</h2>
        <p>They are plain text, without pictures. They call you by your first name, and end with the council’s name, our
        phone number and the address of this site. Most say only that something waits for you, and ask you to sign in.
        You can always go to the site as you usually do, instead of using the link.</p>
        <h2>When we email you</h2>
        <ul>
        <li>A security code, when you sign in, register or change your email address. Its subject is “302518 is your
        security code”, with a number of its own.</li>
        <li>A link to choose a new password, when you have told us that you forgot it. It works for 30 minutes.</li>
        <li>That somebody signed in with a new phone or computer, or that your password or email address was changed. If
        it was not you, the email says what to do.</li>
        <li>That a form, a message or a letter waits for you, or that we have got what you sent.</li>
        </ul>
        <h2>If you are not sure</h2>
        <p>Do not choose anything in the email, and do not answer it. Call us on the number below, not on one in the
        email. If you have already typed your password somewhere, change it here straight away: choose your name at the
        top of the page, then “Your account”.</p>""",
    ),
    ("contact", None),
]

ACCESSIBILITY_TITLE = "Accessibility"
ACCESSIBILITY_INTRO = "Everybody should be able to use this site. This page says how far we have come."
ACCESSIBILITY_BODY = [
    (
        "text",
        """<h2>What you can do</h2>
        <ul><li>Use every page with a keyboard alone.</li><li>Make the text larger, up to 400%, on any screen.</li>
        <li>Use it without JavaScript.</li><li>Print any page, or save your form as a PDF that screen readers can
        read.</li></ul>
        <h2>How we check</h2>
        <p>Each page is tested by a program against the Web Content Accessibility Guidelines 2.2, level AA, each time
        the site is changed. A program does not find everything. It has not yet been tested with people who use
        screen readers.</p>
        <h2>If something stands in your way</h2>
        <p>Tell us. We can also send you any form on paper or in large print, or fill it in with you by phone.</p>""",
    ),
    ("contact", None),
]
