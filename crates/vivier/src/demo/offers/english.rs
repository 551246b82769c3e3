//! Owns: what is said in English about each trade. Doesn't own: how it is put together.

use super::trade::Pieces;

pub(super) const ACCOUNTING: Pieces = Pieces {
    missions: [
        "Close the books every month and explain what moved, in words as well as figures",
        "Prepare budgets and forecasts with the managers who will live by them",
        "Reconcile bank, supplier and intercompany accounts until nothing is left open",
        "Prepare VAT returns and statutory accounts with our external advisers",
        "Give the auditors complete files the first time they ask",
        "Replace manual spreadsheets by simple, checked procedures",
    ],
    profile: [
        "A degree or professional certificate in accounting, or the same learnt on the job",
        "Ease with an ERP and with spreadsheets, whatever their make",
        "The habit of asking why before booking",
        "English for work; French or German is welcome, and we pay for lessons",
    ],
    motives: [
        "In five years with a mid-sized manufacturer I brought the monthly close from ten days to five, mostly by talking to the workshops earlier. I would like to do the same kind of patient work in a larger team.",
        "I started in audit and learnt how accounts go wrong; now I want to stay with one organisation and help them go right. Reconciliations that nobody could explain are what I enjoy most.",
    ],
    roles: ["Junior accountant", "Accountant", "Financial controller"],
    degrees: ["MSc Accounting and Finance", "BA Business Administration"],
    skills: [
        "Monthly closing",
        "Forecasting",
        "IFRS",
        "ERP systems",
        "VAT",
        "Spreadsheets",
    ],
};

pub(super) const DATA: Pieces = Pieces {
    missions: [
        "Build data pipelines that are tested, documented and dull to operate",
        "Turn a question from the field into an analysis, and the answer into plain words",
        "Keep dashboards useful, and retire those nobody opens",
        "Check the quality of data together with the people who enter them",
        "Try models on real cases before anything goes live",
        "Keep only the data we need, and no longer than promised",
    ],
    profile: [
        "Good working knowledge of SQL and Python, with code review as a habit",
        "Sound statistics, and the caution that comes with them",
        "The ability to explain a result and its limits to a non-specialist",
        "Curiosity about the work behind the numbers",
    ],
    motives: [
        "My forecasts became useful the day I took them to the control room and let the operators argue with them. I am looking for a team that tests its numbers before it shows them.",
        "For four years I have built pipelines that other people depend on, and I have come to like the quiet ones best. I would gladly bring that care to messy data from the field.",
    ],
    roles: ["Junior data analyst", "Data analyst", "Data engineer"],
    degrees: ["MSc Statistics", "BSc Applied Mathematics"],
    skills: [
        "SQL",
        "Python",
        "Statistics",
        "Data testing",
        "Visualisation",
        "Orchestration",
    ],
};

pub(super) const ELECTRICITY: Pieces = Pieces {
    missions: [
        "Inspect, service and repair electrical equipment to the maker’s instructions",
        "Trace faults methodically and write down what was found and done",
        "Isolate, prove dead and lock off before any work begins",
        "Commission new equipment with the client and hand it over properly",
        "Record measurements so that wear is seen before it becomes a failure",
        "Guide apprentices on site",
    ],
    profile: [
        "A qualification in electrical engineering, or several years on site",
        "Current electrical authorisations, or the wish to obtain them with us",
        "Respect for safety rules, also when time is short",
        "Readiness to work outdoors, and a driving licence",
    ],
    motives: [
        "I have serviced switchgear and turbines for six years, in good weather and bad. What I like is finding a fault with a drawing and a meter, and leaving the installation tidier than I found it.",
        "The way we make electricity is changing, and I want to be where that happens. Last year I trained for high-voltage work and rescue at height, and I am looking for a team to use it with.",
    ],
    roles: ["Electrical apprentice", "Electrician", "Electrical technician"],
    degrees: [
        "HND Electrical Engineering",
        "NVQ Level 3 Electrical Installation",
    ],
    skills: [
        "High-voltage switching",
        "Fault finding",
        "Work at height",
        "Commissioning",
        "Schematics",
        "Sea survival",
    ],
};

pub(super) const LAW: Pieces = Pieces {
    missions: [
        "Draft and negotiate contracts with the teams who will perform them",
        "Answer everyday questions with short advice that people can use",
        "Follow disputes with outside counsel and keep their calendar",
        "Keep the record of processing together with the data protection officer",
        "Train colleagues on the clauses that cause most trouble",
        "Watch new legislation and say what it changes, without jargon",
    ],
    profile: [
        "A law degree and first years in a firm or a legal department",
        "Brief writing, and the courage to say no and offer another way",
        "Excellent English; a second European language helps",
        "An orderly mind when several files move at once",
    ],
    motives: [
        "In private practice I mostly met contracts when they had gone wrong. I would now like to write them so clearly that they go right, close to the people who sign them.",
        "Law interests me when it serves: a clause everybody understands, a dispute avoided by one call. Last year I rewrote forty standard contracts to half their length.",
    ],
    roles: ["Legal trainee", "Legal adviser", "Legal counsel"],
    degrees: ["LLM European Business Law", "LLB Law"],
    skills: [
        "Contract drafting",
        "Negotiation",
        "GDPR",
        "Dispute resolution",
        "Procurement law",
        "Legal writing",
    ],
};

pub(super) const LOGISTICS: Pieces = Pieces {
    missions: [
        "Plan supply from orders, stock and lead times, and revise it every week",
        "Warn early when a part will be late, and propose a way round",
        "Agree routes and slots with carriers, and settle claims fairly",
        "Keep stock records right by short, regular counts",
        "Work with the workshops on packaging that protects and wastes less",
        "Show costs and carbon per shipment, so that choices can be made",
    ],
    profile: [
        "Experience in planning, transport or warehousing",
        "Ease with an ERP and with figures",
        "Calm on busy days, and the reflex to warn others",
        "Good English; German or Dutch is an advantage",
    ],
    motives: [
        "I began on the loading dock and moved to planning, so I know both ends of a delay. I like to sit down with the teams and find what will keep it from happening again.",
        "Right stock and trucks on time are a matter of method more than of effort. In my present warehouse, the rolling counts I proposed cut differences to a third.",
    ],
    roles: ["Logistics assistant", "Transport coordinator", "Supply planner"],
    degrees: ["MSc Supply Chain Management", "BSc Logistics"],
    skills: [
        "Planning",
        "ERP systems",
        "Incoterms",
        "Carrier management",
        "Stock control",
        "Carbon accounting",
    ],
};

pub(super) const PROJECT: Pieces = Pieces {
    missions: [
        "Keep schedule, budget and risks, and report them as they are",
        "Coordinate engineering, purchasing and works until handover",
        "Lead site meetings and publish the decisions the same day",
        "Check what subcontractors deliver before it is covered up",
        "Prepare tests and final documents with the operator",
        "Write down a few lessons for the next project",
    ],
    profile: [
        "An engineering degree, or the equivalent in experience",
        "At least one project led from order to handover",
        "A practical mind, and the habit of going to see",
        "Firmness about safety and flexibility about the rest",
    ],
    motives: [
        "The projects I led ended well when bad news was told early. I have made a method of it: one short review a week, risks with a figure, decisions written down the same day.",
        "For seven years I have worked between the design office and the site. Commissioning is the moment I like best, when the operator takes over and everything prepared is put to the test.",
    ],
    roles: ["Site engineer", "Project engineer", "Project manager"],
    degrees: ["MEng Energy Engineering", "BEng Mechanical Engineering"],
    skills: [
        "Scheduling",
        "Cost control",
        "Risk management",
        "Commissioning",
        "Contract management",
        "Site safety",
    ],
};

pub(super) const SAFETY: Pieces = Pieces {
    missions: [
        "Walk the site, watch the work and talk with those who do it",
        "Keep risk assessments current, job by job",
        "Investigate accidents and near misses without looking for a culprit",
        "Train newcomers and contractors in the rules of the site",
        "Follow inspections, emissions and waste",
        "Prepare audits with evidence rather than binders",
    ],
    profile: [
        "A qualification in occupational safety or environmental management",
        "Half of the working week away from the desk, and gladly so",
        "Patience to explain the same thing well many times",
        "Knowledge of ISO 45001 and ISO 14001",
    ],
    motives: [
        "Prevention moves forward when you ask people what gets in their way. That is how handling accidents in my plant were halved in two years, with ideas that came from the benches.",
        "I prefer ten minutes beside the machine to one more poster. Years on site taught me to see a risk before the accident and to name it simply, whoever is listening.",
    ],
    roles: ["Safety assistant", "Safety officer", "Health and safety adviser"],
    degrees: ["MSc Occupational Health and Safety", "BSc Environmental Science"],
    skills: [
        "Risk assessment",
        "ISO 45001",
        "Incident analysis",
        "Training",
        "Permit to work",
        "Waste management",
    ],
};

pub(super) const SALES: Pieces = Pieces {
    missions: [
        "Meet clients, understand their constraints and come back with a fair offer",
        "Price proposals together with the engineers who will deliver them",
        "Follow each contract to its first invoice, and afterwards",
        "Keep records that a colleague could take over tomorrow",
        "Answer public and private tenders on time and in full",
        "Bring back from the field what clients ask for and we don’t offer yet",
    ],
    profile: [
        "Experience in selling services or technical solutions to companies",
        "Reliability: promising only what will be kept",
        "Independence in planning visits and weeks",
        "Fluent English; French, German or Spanish opens more doors",
    ],
    motives: [
        "I have sold technical services for six years, and my clients stay because I also tell them when our offer doesn’t fit. I would like a market to develop, with a solid team behind the promise.",
        "I like the long sale: three visits, a study, a frank talk about price. I closed last year above target, mostly thanks to existing clients whom nobody had called for a while.",
    ],
    roles: [
        "Sales assistant",
        "Account manager",
        "International sales manager",
    ],
    degrees: ["MSc International Business", "BA Marketing"],
    skills: [
        "Key accounts",
        "Negotiation",
        "Tenders",
        "Pricing",
        "CRM",
        "Market analysis",
    ],
};

pub(super) const SOFTWARE: Pieces = Pieces {
    missions: [
        "Design, write and test features that users asked for",
        "Review code with care, and welcome the review of your own",
        "Ship in small steps, and know how to step back",
        "Share a light on-call duty, and repair causes rather than symptoms",
        "Make pages fast and accessible, by keyboard and by screen reader",
        "Write the documentation you wish you had found",
    ],
    profile: [
        "Command of a typed language, and the wish to learn another",
        "Automated tests and continuous integration as a habit",
        "Solid knowledge of relational databases",
        "A taste for simple code that the team will understand in three years",
    ],
    motives: [
        "For five years I have written business software, and the users beside my desk taught me most. I am looking for a team that reviews, tests and ships in small steps.",
        "Simple, well-tested code makes my Mondays. I recently replaced a module of twenty thousand lines by three thousand, without an interruption and with the help of the whole team.",
    ],
    roles: ["Junior developer", "Software developer", "Software engineer"],
    degrees: ["MSc Computer Science", "BSc Software Engineering"],
    skills: [
        "Rust",
        "PostgreSQL",
        "Automated testing",
        "Accessible HTML",
        "Git",
        "Continuous integration",
    ],
};

pub(super) const SYSTEMS: Pieces = Pieces {
    missions: [
        "Run servers and networks, and automate what repeats itself",
        "Watch, understand and repair incidents, then write their story",
        "Apply security updates within the time we promised",
        "Test backups by restoring them for real",
        "Grant accounts and rights as narrowly as the work allows",
        "Accompany development teams all the way to production",
    ],
    profile: [
        "Sound practice of Linux, networks and one automation tool",
        "A culture of security without drama",
        "Patience with people whom technology worries",
        "Readiness for a shared on-call duty, about one week in six",
    ],
    motives: [
        "A backup that was never restored is none: I made that a monthly exercise. I like sober, documented systems that one could rebuild on a Sunday without calling anybody.",
        "The help desk taught me to explain without condescension, and operations to automate without haste. I would like to bring both to a team that takes security seriously.",
    ],
    roles: [
        "Support technician",
        "Systems administrator",
        "Site reliability engineer",
    ],
    degrees: ["BSc Network Engineering", "HND Computing"],
    skills: [
        "Linux",
        "Networking",
        "Automation",
        "Monitoring",
        "Backups",
        "Security",
    ],
};
