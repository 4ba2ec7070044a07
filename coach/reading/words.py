"""Word lists that more than one rule leans on: verbs, people, places, things that get shipped.

The lists were gathered by hand from the guides that the criteria cite and from goals people
published; none is a copy of a list elsewhere. They find candidates. What a word does in its line
is decided by position, in `coach.reading.objective` and the criteria.
"""

from functools import lru_cache

VERBS = frozenset(
    """
    accelerate accept access achieve acquire act adapt add address adjust admit adopt advance
    advise afford agree aim align allow amplify analyse analyze answer appear apply appoint approve
    arrange arrive ask assess assign assist assure attain attend attract audit automate avoid award
    bake balance ban be beat become beg begin believe belong bloom blossom board book boost borrow
    break breathe brew bring broaden browse build burn buy calculate call cancel capture care carry
    catch celebrate centralise centralize change charge chase check choose claim clean clear climb
    close coach collaborate collect combine come comfort commit communicate compare compete
    complain complete comply concentrate conclude conduct configure confirm connect consider
    console consolidate construct consult consume contact contain continue contribute control
    convert convince cook cool cooperate coordinate cope cost count cover create cross crumble cry
    cultivate cure cut cycle dance dare deal decide declare decline decrease deepen defend define
    delay delete delight deliver demonstrate deploy deserve design detect develop die differentiate
    dig digitalise digitalize digitise digitize diminish disappear discover discuss display
    distribute diversify document dominate donate double draft dread drive drop dry earn ease eat
    educate elevate eliminate embed embrace emerge empower enable encourage end engage enhance
    enjoy enlarge ensure enter equip eradicate escape establish evaluate exceed excel exchange
    execute exit expand expect experience explain explore extend face facilitate fade fail fall
    fear feature feed feel fence ferry fight file fill finalise finalize find finish fit fix float
    flourish flow fly focus follow forecast forget forgive form formulate foster free fulfil
    fulfill fund furnish gain gather generate get give go graduate grant greet grieve grow
    guarantee guide halve handle happen harvest have heal hear help hire hit hold honor honour host
    identify imagine implement improve inform innovate inspire install insure integrate interact
    introduce invent invest investigate invite involve join jump keep kick knit knock know land
    last launch lead learn leave lend lessen let level leverage lift like limit linger link listen
    live load localise localize look lose love lower maintain make manage manufacture map market
    master match maximise maximize mean measure meet melt mentor merge migrate mill mind minimise
    minimize miss mitigate mobilise mobilize modernise modernize monitor motivate mourn move mow
    multiply need negotiate nurture obtain offer onboard open operate optimise optimize orchestrate
    order organise organize outlast outlive overcome overhaul own paint park participate partner
    pass pave pay perform phase pick pilot pioneer place plan plant play please polish pool
    position possess post prepare present preserve press prevent prioritise prioritize process
    procure produce progress prolong promise promote prosper protect prove provide publish pull
    purchase pursue push put qualify quit quote raise reach react reactivate read realise realize
    rebrand rebuild recall receive recognise recognize recommend recover recruit recycle redefine
    redesign reduce refactor refer refine reform refresh refurbish refuse regain register reimagine
    reinforce reinvent reject rejoice relaunch relax release relocate rely remain remember remove
    renew renovate rent reopen reorder reorganise reorganize repair repeat replace reply report
    request require rescue research reserve reset resolve respect respond rest restore restructure
    retain rethink retire return reuse revamp review revise revitalise revitalize revolutionise
    revolutionize reward rewrite rid ride ring ripen rise roam roll run sail satisfy save say scale
    schedule score secure see seek sell send serve set settle shape share shield shift shine ship
    shop shorten show shrink sign simplify sing sit skip sleep slow smile solve sort source spare
    spark speak specify speed spend spot spread stabilise stabilize stand standardise standardize
    start stay steer stem step stimulate stop store streamline strengthen strive study submit
    succeed suffer suit supply support surpass survive sustain swim switch tackle take talk tame
    target taste teach tell test thank think thrive tidy tie tighten touch track trade train
    transfer transform transition translate travel treat trial trim triple trust try turn tweak
    understand undo unify unite unleash unlock update upgrade upskill urge use usher utilise
    utilize validate vanish verify visit visualise visualize volunteer vote wait wake walk wander
    want waste watch wean wear weave weep welcome weld widen win wish withdraw work worry write
    yield
    """.split()
)
# Verbs that are at least as often nouns: what follows them decides.
NOUN_TOO = frozenset(
    """
    access act address advance aim answer audit award balance ban bloom blossom board book boost
    break burn call care catch change charge chase check claim coach comfort console contact
    control cook cool cost count cover cross cry cure cut cycle dance deal decline decrease delay
    delight demand design display document double draft dread drive drop dry ease end escape
    exchange exit experience face fade fall fear feature feed fence ferry fight file fill fit fix
    float flow fly focus forecast form fund gain graduate grant guarantee guide harvest help hire
    hit hold honor honour host increase interest invite issue join jump kick land last launch lead
    leave level leverage lift like limit link live load look love manufacture map market master
    match mean measure meet mentor merge mill mind miss monitor move need offer onboard open order
    overhaul own paint park partner pass pay perform phase pick pilot pioneer place plan plant play
    polish pool position post present press process produce progress promise pull purchase push
    quit quote raise rank reach read recall record redesign reform refresh register relaunch
    release rent repair repeat reply report request rescue research reserve reset respect rest
    return review reward ride ring rise roll run sail sale save scale schedule score secure set
    shape share shield shift shine ship shop show sign sleep slow smile sort source spark speed
    spot spread stand start stay stem step stop store study suit supply support survey switch talk
    target taste test tie touch track trade train transfer transition travel treat trial trim trust
    try turn tweak update upgrade urge use value visit volunteer vote wait wake walk want waste
    watch wear welcome win wish work worry yield
    """.split()
)
# Verbs that stand before a noun as often, as its adjective: "missing spare parts".
ADJECTIVE_TOO = frozenset("clean clear close complete free lower open own spare triple".split())
# Of the nouns, the ones that open a topic rather than a request: "Support from logistics".
MOSTLY_NOUNS = frozenset(
    """
    access audit award balance board care change claim contact control cost cover delay demand
    design document experience fund guide harvest interest issue level link load market need order
    park partner place plan plant position post press process produce progress purchase quality
    release rent repair report request research reserve rest return review reward rise schedule
    score shift shop source speed staff step stock store study supply support survey target test
    trade train transfer transition travel trial trust update value visit volunteer waste work
    yield
    """.split()
)
AUXILIARIES = frozenset(
    """
    always am are aren't be been can can't cannot could couldn't did didn't do does doesn't don't
    had has hasn't have haven't is isn't may might never shall was wasn't were weren't will won't
    would wouldn't
    """.split()
)
DETERMINERS = frozenset(
    """
    a all an another any both each eight every five four her his its my nine no one our seven six
    some ten that the their these this those three two your
    """.split()
)
PRONOUNS = frozenset("it they them we us i he him she you itself themselves".split())
PREPOSITIONS = frozenset(
    """
    about above across after against along among amongst around as at before behind below beside
    between beyond by despite down during except for from in inside into like near of off on onto
    out outside over past per since through throughout to toward towards under until up upon via
    with within without
    """.split()
)

# --- who may benefit --------------------------------------------------------------------------

PEOPLE = frozenset(
    """
    accountant accountants actor actors adolescent adolescents adult adults advertiser advertisers
    adviser advisers advisor advisors agent agents amateur amateurs analyst analysts animal animals
    anybody anyone applicant applicants apprentice apprentices artist artists asylum-seekers
    athlete athletes attacker attackers attendee attendees audience audiences auditor auditors
    author authors babies baby bee bees beneficiaries beneficiary bird birds blind bookkeeper
    bookkeepers borrower borrowers boy boys bride brides broker brokers builder builders buyer
    buyers cadet cadets calf caller callers calves candidate candidates captain captains carer
    carers cat cats cattle chef chefs chick chicks child children citizen citizens claimant
    claimants cleaners clerk clerks client clients clinician clinicians coachees coaches cohort
    cohorts colleague colleagues communities community commuter commuters consultant consultants
    consumer consumers contractor contractors couple couples courier couriers cow cows craftsman
    craftsmen craftspeople creator creators crew crews customer customers cyclist cyclists dad dads
    deaf dealer dealers delegate delegates dentist dentists designer designers dev developer
    developers devs director directors dispatcher dispatchers doctor doctors dog dogs donor donors
    driver drivers elderly electrician electricians employee employees engineer engineers
    enthusiast enthusiasts entrepreneur entrepreneurs everybody everyone executive executives
    expert experts families family fans farmer farmers father fathers females firefighter
    firefighters fish fisher fishers folk folks follower followers founder founders freelancer
    freelancers friend friends funder funders girl girls gp gps graduate graduates grower growers
    guest guests haulier hauliers heads hiker hikers hires homeless homeowner homeowners horse
    horses household households humans individuals inmate inmates inpatient inpatients installer
    installers intern interns investor investors joiner joiners journalist journalists juniors kid
    kids ladies lady landlord landlords lawyer lawyers leader leaders learner learners lecturer
    lecturers lender lenders listener listeners livestock males man manager managers mechanic
    mechanics member members men merchant merchants midwife midwives migrant migrants millennials
    mother mothers mum mums musician musicians neighbor neighbors neighbour neighbours newbie
    newbies newborn newborns newcomer newcomers nobody nurse nurses occupant occupants offender
    offenders officer officers officials operator operators orphan orphans outpatient outpatients
    owner owners painter painters paramedic paramedics parent parents participant participants
    partner partners passenger passengers patient patients patron patrons pedestrian pedestrians
    peer peers pensioner pensioners people person pet pets pharmacist pharmacists physician
    physicians planner planners player players policyholder policyholders policymaker policymakers
    population populations prisoner prisoners professionals professor professors publisher
    publishers pupil pupils ranger rangers reader readers refugee refugees regulars rep reps
    researcher researchers resident residents responder responders retailer retailers rider riders
    sailor sailors salespeople salesperson saver savers scholar scholars scientist scientists scout
    scouts seabird seabirds seller sellers seniors shareholder shareholders shopper shoppers
    sibling siblings skier skiers societies society soldier soldiers somebody someone spokespeople
    sponsor sponsors squad squads staff stakeholder stakeholders starter starters startup startups
    steward stewards stroke-survivors student students subscriber subscribers supervisor
    supervisors supplier suppliers surgeon surgeons survivor survivors swimmer swimmers taxpayer
    taxpayers teacher teachers team teams technician technicians teen teens tenant tenants
    therapist therapists toddler toddlers tourist tourists tradespeople trainee trainees traveler
    travelers traveller travellers troop troops trustee trustees tutor tutors twins unemployed user
    users vendor vendors veteran veterans victim victims viewer viewers visitor visitors volunteer
    volunteers voter voters waiter waiters warden wardens welder welders widow widows wildlife
    woman women worker workers youngster youngsters youth youths
    """.split()
)
ORGANISATIONS = frozenset(
    """
    agencies agency airline airlines authorities authority bakeries bakery bank banks branch
    branches breweries brewery business businesses cafe cafes carrier carriers charities charity
    church churches cities city clinic clinics club clubs co-op co-ops college colleges committee
    committees companies company cooperative cooperatives corporation corporations council councils
    countries country department departments depot depots district districts division divisions
    enterprise enterprises factories factory faculties faculty farm farms firm firms foundation
    foundations franchise franchisee franchises government governments hospice hospices hospital
    hospitals hotel hotels insurer insurers kindergarten kindergartens kitchen kitchens lab
    laboratories laboratory labs libraries library manufacturer manufacturers ministries ministry
    municipalities municipality museum museums neighborhood neighborhoods neighbourhood
    neighbourhoods ngo ngos nonprofit nonprofits nurseries nursery operator organisation
    organisations organization organizations pharmacies pharmacy practice practices pub pubs
    restaurant restaurants school schools shop shops smb smbs sme smes store stores subsidiaries
    subsidiary surgeries surgery theater theaters theatre theatres town towns union unions unit
    units universities university utilities utility village villages ward wards warehouse
    warehouses workshop workshops
    """.split()
)
# Places: who is there benefits, when the line says "in", "at" or "across" them.
PLACES = frozenset(
    """
    africa airport airports america area areas asia building buildings campus classroom classrooms
    coast continent counties county estate estates europe forest forests home homes house houses
    island islands lake lakes market markets office offices park parks planet port ports province
    provinces region regions river rivers road roads sea site sites state states station stations
    street streets territories territory valley valleys workplace workplaces world
    """.split()
)
# Nouns in -ers, -ors, -ants, -ents, -ees … that are no people.
_NO_PEOPLE = frozenset(
    """
    absents accents accidents achievements adapters adjustments agreements agrees amounts anchors
    announcements answers antecedents apartments appointments arguments assessments assignments
    assists attachments banners bees behaviors blockers boilers borders breakers buffers burners
    calculators centers cents chapters chargers checklists clusters coefficients coffees colors
    commencements comments commitments committees complaints components compressors computers
    connectors consists constants constraints containers contents contracts conveyors coolers
    corners corridors counters counts covers currents degrees dents departments deployments
    detectors detergents deterrents developments dinners discounts disorders dispensers documents
    doors drawers dryers elements elevators engagements enrollments enrolments entitlements
    environments equipments errors escalators establishments events exists experiments extents
    factors favors feeders fees filters fists flavors floors folders footers fragments freezers
    garments genders generators gradients grants guarantees gutters handovers hangovers harbors
    headers heaters humors hydrants implants implements improvements incidents indicators
    ingredients insists instruments intents invents investments judgements judgments knees labors
    layers layovers ledgers leftovers letters lifters lists liters loaders lockers makeovers
    matters measurements meters mirrors mists mixers moments monitors motors movements newsletters
    numbers nutrients offers orders others papers parameters patents payments percents persists
    placements plants playlists pointers points pollutants posters powers precedents presents
    prevents printers prints processors punishments quadrants quarters quotients reactors reagents
    registers reinforcements remainders reminders rents replacements requirements restaurants
    rollovers rosters routers rumors scanners scents sectors sees segments sensors servers
    settlements shipments shortlists shutters solvents statements stickers summers supplements
    sweepers takeovers talents tenders tenements tents timers tires torrents tournaments towers
    trackers tractors trailers transfers transistors treatments trees tumors turnovers twists
    variants vectors vents vouchers waitlists warrants washers waters winters wires wishlists
    wonders wrists
    """.split()
)
_PEOPLE_ENDINGS = (
    "ers", "ors", "ists", "ants", "ents", "ees", "ians", "eers", "women", "men", "people", "folk",
    "mates", "wives", "parents", "kids",
)  # fmt: skip


@lru_cache(maxsize=8192)
def is_person(word: str) -> bool:
    """Say whether a folded word names people, by list or by ending ("bookkeepers")."""
    if word in PEOPLE:
        return True
    if word.endswith("'s"):
        return word[:-2] in PEOPLE
    if word.endswith("s'"):
        word = word[:-1]
    if len(word) < 6 or not word.endswith(_PEOPLE_ENDINGS):
        return False
    last = word.rpartition("-")[2]
    if last in PEOPLE:
        return True
    return last not in _NO_PEOPLE and not last.endswith("ments")


# --- what gets shipped ------------------------------------------------------------------------

SHIPPED = frozenset(
    """
    api apis register registers app application applications apps architecture backend blog blogs
    board boards bot
    bots branch branches brand brochure brochures building buildings campaign campaigns catalog
    catalogue catalogues center centers centre centres chatbot chatbots checklist checklists
    cluster code codebase committee committees concept concepts conference conferences content
    council course courses crm curricula curriculum dashboard dashboards data-lake database
    databases erp event events exhibition exhibitions extension facilities facility feature
    features festival film films fleet format formats forum forums framework frameworks frontend
    gala galas guide guideline guidelines guides handbook handbooks hardware helpdesk hotline hours
    hub hubs infrastructure integration integrations intranet kiosk kiosks kit kits lab labs
    library line-up logo machine machines manual manuals membership menu menus merchandise
    microservice microservices model models module modules monolith mvp network networks newsletter
    newsletters offer offers onboarding package packages packaging page pages panel panels pipeline
    pipelines plan plans plant platform platforms playbook playbooks playground podcast podcasts
    policies policy portal portals pricing procedure procedures process processes product products
    program programme programmes programs project projects prototype prototypes rebrand regulation
    release releases report reports repository roadmap roadmaps robot robots rota rotas rulebook
    scheme schemes script scripts sensor sensors service services shift-plan site sites software
    stack standard standards strategies strategy structure structures subscription subscriptions
    survey surveys system systems taskforce template templates terminal terminals ticket tickets
    tier tool toolchain toolkit toolkits tools trail training trainings van vans version versions
    video videos warehouse webinar webinars webpage website websites wiki wing workflow workflows
    workshop workshops
    """.split()
)
# A thing done is one that shipped: "the new portal is live".
SHIPPED_STATES = frozenset(
    """
    built completed created delivered deployed developed done established finished implemented
    installed introduced launched live migrated published released rolled set written
    """.split()
)

# --- power words ------------------------------------------------------------------------------

# Words that sound like a claim and make none. Sources: GOV.UK content style guide, "words to
# avoid"; Plain English Campaign, the A to Z of alternative words; Orwell, Politics and the English
# Language (1946), for the idea of words that think for you.
EMPTY = frozenset(
    """
    10x 360-degree ai-first ai-powered amazing award-winning awesome best-in-class best-of-breed
    best-practice best-practices bleeding-edge cloud-first crush customer-centric
    customer-centricity cutting-edge data-driven digital-first disrupt disruptive dominate
    excellence exceptional extraordinary frictionless future-proof future-ready futureproof
    game-changer game-changing gamechanger gamification ground-breaking groundbreaking holistic
    holistically human-centric hyper-growth hyper-personalised hyper-personalized hypergrowth
    ideation incentivise incentivize incredible industry-leading innovation innovations innovative
    leading-edge leverage leveraging market-leading mindshare mission-critical mobile-first
    next-gen next-generation next-level ninja omnichannel operationalise operationalize
    outside-the-box paradigm paradigms people-centric phenomenal purpose-driven results-driven
    revolutionary revolutionise revolutionize robust rockstar seamless seamlessly state-of-the-art
    stellar superb supercharge synergies synergise synergistic synergize synergy thought-leader
    thought-leadership transformational transformative turbocharge turnkey unleash unmatched
    unparalleled unprecedented unrivalled value-add value-added visionary win-win world-class
    """.split()
)
# Words that do the same in company: each is half as empty as the ones above.
HOLLOW = frozenset(
    """
    accelerate agile agility align aligned alignment ambition ambitious amplify bold capabilities
    capability catalyse catalyze champion commitment committed compelling comprehensive
    cross-functional cultivate culture deliver delivering differentiated digital digitalisation
    digitalization drive driving dynamic ecosystem ecosystems efficiencies elevate empower
    empowering empowerment enable enabling end-to-end engagement engaging enhance enterprise-grade
    enterprise-wide entire experience experiences foster full great greatness harness high-impact
    high-performance high-performing impact impactful integrated intelligent journey journeys
    landscape leader leadership leading maximise maximize mission modern operational opportunities
    optimal optimisation optimise optimization optimize outstanding ownership passion passionate
    pioneer possibilities potential powerful premium proactive proactively reimagine reinvent
    scalability scalable smart solutions spearhead stakeholder stakeholders strategic strategically
    strategy streamline success successful superior sustainable transform transformation
    transforming undisputed unique unlock unlocking value values vision visions winning
    """.split()
)
POWER = {**dict.fromkeys(HOLLOW, 0.5), **dict.fromkeys(EMPTY, 1.0)}
"""What each power word weighs."""

# --- short forms that need no explanation ------------------------------------------------------

# What a reader from any trade knows, or finds in a dictionary of general English.
ACRONYMS = frozenset(
    """
    2FA A&E A/B A4 ABM AC ACV AD ADHD AE AED AES AGM AI AIDS AKA AM AML AOV AP API APIS AR ARR ASAP
    ATM ATP AUD AV AWS B&B B2B B2C B2G BA BAME BBC BBQ BDR BMI BMW BOM BREEAM BSC BST CAC CAD CAPEX
    CBD CCTV CD CDC CDN CDO CE CEO CES CEST CET CFC CFO CHF CHRO CI CI/CD CIA CIO CISO CLI CLS CLTV
    CLV CMO CNN CNY CO CO2 COB COGS COO COP COPD COVID CPA CPC CPD CPL CPM CPO CPR CPU CQC CRM CRO
    CSAT CSO CSR CSS CSV CT CTO CTR CV CVE CVES CVS CW CY DACH DAST DB DC DE DEI DIN DIY DKK DNA
    DNS DOB DOI DORA DPO DSL DSO DVD DVT EBIT EBITDA ECB ECG EDI EDR EEA EEG EG EHS EKG EMA EMEA
    EMS EN ENPS EOD EOQ EOY EPA EPS ER ERP ESA ESG ESL EST ETA EU EUR EV EVS FAQ FAQS FBI FDA FIFA
    FM FMCG FP&A FR FSC FTE FTES FX FY G20 G7 GB GBP GCSE GDP GDPR GDS GHG GL GMP GMT GMV GP GPS
    GPU GPUS GUI GWH H&S HACCP HBA1C HD HDL HDMI HGV HGVS HIV HPV HQ HR HSE HTML HTTP HTTPS HVAC
    IAM IATA IBAN IBM ICD ICU ID IDS IE IEC IEEE IELTS IFRS IKEA IMF INP IOT IP IPO IQ IR IRR IRS
    ISBN ISO ISP IT ITU IVF JIT JPY JSON K-12 K8S KB KG KIT KM KOL KPI KPIS KR KRS KW KWH KYB KYC
    LA LAN LCP LDL LED LEDS LEED LEGO LGBT LGBTQ LGBTQI LGV LLC LLM LLMS LNG LPG LTD LTE LTV M&A MA
    MB MBA MEP MFA MHRA MICE MIFID ML MLA MMORPG MMR MP MPS MQL MQLS MRI MRR MRT MSC MTBF MTTD MTTR
    MVP MWH NA NASA NATO NB NBA NEET NFC NFL NGO NGOS NHS NHSE NI NICE NICU NLP NOK NPS NPV NQT NSW
    NVQ NY NYC OB/GYN OCR OECD OEE OEM OEMS OK OKR OKRS OPD OPEX OR OS OSHA OSS OT OTC OTIF OWASP
    P&L PA PC PCR PCS PDF PDFS PE PET PFAS PHD PHEV PIN PISA PLG PLN PM PMO POS PPC PPE PR PS PSD2
    PT PTA PTSD PV PVC PWA Q&A QA QM QPS QR R&D RAM REACH RFID RFP RFPS RGB RN RNA ROAS ROHS ROI
    RPO RPS RSS RTO SAAS SAL SALS SAP SAST SATS SBOM SD SDG SDGS SDK SDR SDRS SEK SEM SEN SEO SEPA
    SG&A SIEM SIM SKU SKUS SLA SLAS SLO SLOS SMB SMBS SME SMES SMS SMTP SOC SOP SOPS SOS SOX SQL
    SQLS SRE SRES SSD SSDS SSL SSN SSO SSR STD STDS STEM STI SUV SUVS SWIFT SY TAX TB TBA TBI TCP
    TCV TIMSS TLS TOEFL TTFB TUV TV TVS UAE UAT UGC UI UK UN UNESCO UNHCR UNICEF URL URLS US USA
    USB USD UTC UV UX VAT VC VIP VIPS VM VMS VPN VR VS WC WCAG WHO WI-FI WIFI WIP WLAN WTO WWF WWW
    XL XML XS YMCA YOY YTD ZIP
    """.split()
)

# Words that carry grammar, not content.
FUNCTION = frozenset(
    """
    a about across after all also am an and any are as at be been before being between both but by
    can could did do does during each even every for from had has have he her here him his how i if
    in into is it its just many may me might more most much my no nor not of off on only onto or
    our ours out over per shall she so some still than that the their them then there these they
    this those through to too toward towards under until up upon us very via was we were what when
    where which while who whom whose why will with within without would you your
    """.split()
)
