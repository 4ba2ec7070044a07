"""Word lists that more than one rule leans on: verbs, people, places, things that get shipped.

The lists were gathered by hand from the guides that the criteria cite and from goals people
published; none is a copy of a list elsewhere. They find candidates. What a word does in its line
is decided by position, in `coach.reading.objective` and the criteria.
"""

VERBS = frozenset(
    """
    tidy refurbish pave knit brew mill weld dig feature furnish ferry forecast pool wean shield spare undo mind spend host ease usher rid tame stem comfort console settle knock paint polish mow fence insure
    accelerate accept access achieve acquire act adapt add address adjust admit adopt advance
    advise afford agree aim align allow amplify analyse analyze answer apply appoint approve
    arrange arrive ask assess assign assist assure attain attend attract audit automate avoid
    award bake balance ban be beat become beg begin believe belong board book boost borrow break
    breathe bring broaden browse build burn buy calculate call cancel capture care carry catch
    celebrate centralise centralize change charge chase check choose claim clean clear climb
    close coach collaborate collect combine come commit communicate compare compete complain
    complete comply concentrate conclude conduct configure confirm connect consider consolidate
    construct consult consume contact contain continue contribute control convert convince cook
    cooperate coordinate cope cost count cover create cross cultivate cure cut cycle dare deal
    decide declare decline decrease deepen defend define delay delete delight deliver
    demonstrate deploy deserve design detect develop die differentiate digitalise digitalize
    digitise digitize diminish discover discuss display distribute diversify document dominate
    donate double draft dread drive drop earn ease eat educate elevate eliminate embed embrace
    empower enable encourage end engage enhance enjoy enlarge ensure enter equip eradicate
    escape establish evaluate exceed excel exchange execute exit expand expect experience
    explain explore extend face facilitate fail fall fear feed feel fight file fill finalise
    finalize find finish fit fix focus follow forget forgive form formulate foster free fulfil
    fulfill fund gain gather generate get give go grant graduate greet grow guarantee guide
    halve handle happen harvest have heal hear help hire hit hold honour honor host identify
    imagine implement improve inform innovate inspire install integrate interact introduce
    invent invest investigate invite involve join jump keep kick know land last launch lead
    learn leave lend lessen let level leverage lift like limit link listen live load localise
    localize look lose love lower maintain make manage manufacture map market master match
    maximise maximize mean measure meet mentor merge migrate minimise minimize miss mitigate
    mobilise mobilize modernise modernize monitor motivate move multiply need negotiate nurture
    obtain offer onboard open operate optimise optimize order organise organize orchestrate
    overcome overhaul own park participate partner pass pay perform phase pick pilot pioneer
    place plan plant play please position possess post prepare present preserve press prevent
    prioritise prioritize process procure produce progress prolong promise promote protect prove
    provide publish pull purchase pursue quote push put qualify quit raise reach react read realise
    realize reactivate rebrand rebuild recall receive recognise recognize recommend recover
    recruit recycle redefine redesign reduce refactor refer refine reform refresh refuse regain
    register reimagine reinforce reinvent reject relaunch relax release relocate rely remain
    remember remove renew renovate rent reopen reorder reorganise reorganize repair repeat
    replace reply report request require rescue research reserve reset resolve respect respond
    rest restore restructure retain rethink retire return reuse revamp review revise revitalise
    revitalize revolutionise revolutionize reward rewrite ride rise roll run satisfy save say
    scale schedule score secure see seek sell send serve set settle shape share shift ship shop
    shorten show shrink sign simplify sing sit skip sleep slow smile solve sort source spark
    speak specify speed spend spot spread stabilise stabilize stand standardise standardize
    start stay steer step stimulate stop store streamline strengthen strive study submit succeed
    suffer suit supply support surpass survive sustain swim switch tackle take talk target taste
    teach tell test thank think thrive tie tighten touch track trade train transfer transform
    transition translate travel treat trial trim triple trust try turn tweak understand unify
    unite unleash unlock update upgrade upskill urge use utilise utilize validate verify visit
    visualise visualize volunteer vote wait wake walk want waste watch wear weave welcome widen
    win wish withdraw work worry write yield
    """.split()
)
# Verbs that are at least as often nouns: what follows them decides.
NOUN_TOO = frozenset(
    """
    access act address aim answer audit award balance ban board book boost break burn call care
    catch change charge chase check claim coach contact control cook cost count cover cross cure
    cut cycle deal decline decrease delay demand design display document double draft drive drop
    ease end escape exchange exit experience face fall fear feed fight file fill fit fix focus
    form fund gain grant guarantee guide harvest help hire hit hold honour honor host increase
    interest invite issue join jump kick land last launch lead level lift like limit link live
    load look love manufacture map market master match measure meet mentor merge miss monitor
    move need offer onboard open order park partner pass pay perform phase pick pilot pioneer
    place plan plant play position post present press process produce progress promise pull
    purchase push quit quote raise rank reach read recall record refresh release rent repair repeat
    reply report request research reserve rest return review reward ride rise roll run sale save
    scale schedule score secure set shape share shift ship shop show sign sleep slow smile sort
    source spark speed spot spread stand start stay step stop store study supply support survey
    switch talk target taste test tie touch track trade train transfer transition travel treat
    trial trim trust try turn tweak update upgrade urge use value visit volunteer vote wait wake
    walk want waste watch wear welcome win wish work worry yield own mean
    """.split()
)
# Of those, the ones that open a topic rather than a request: "Support from marketing".
MOSTLY_NOUNS = frozenset(
    """
    step access audit award balance board care change claim contact control cost cover delay demand
    design document experience fund guide harvest interest issue level link load market need
    order park partner place plan plant position post press process produce progress purchase
    quality release rent repair report request research reserve rest return review reward rise
    schedule score shift shop source speed staff stock store study supply support survey target
    test trade train transfer transition travel trial trust update value visit volunteer waste
    work yield
    """.split()
)
AUXILIARIES = frozenset(
    """
    is are was were am be been has have had does do did can could may might will would shall
    isn't aren't wasn't weren't hasn't haven't doesn't don't didn't can't cannot couldn't won't
    wouldn't never always
    """.split()
)
DETERMINERS = frozenset(
    """
    a an the this that these those my our your their his her its every each no any all some both
    another one two three four five six seven eight nine ten
    """.split()
)
PRONOUNS = frozenset("it they them we us i he him she you itself themselves".split())
PREPOSITIONS = frozenset(
    """
    about above across after against along among amongst around as at before behind below beside
    between beyond by despite down during except for from in inside into like near of off on
    onto out outside over past per since through throughout to toward towards under until up
    upon via with within without
    """.split()
)
SUBORDINATORS = frozenset(
    """
    because so that if when whenever while where wherever who whom whose which what how why
    after before until unless though although since than once as
    """.split()
)

# --- who may benefit --------------------------------------------------------------------------

PEOPLE = frozenset(
    """
    regulars warden wardens ranger rangers scout scouts cadet cadets expert experts 
    professionals  officials  individuals  females  males 
    juniors peer peers amateur amateurs prisoner prisoners inmate inmates captain troop troops
    steward stewards widow widows twins lady ladies bird birds seabird seabirds bee bees
    fish wildlife livestock horse horses calf calves chick chicks
    people person everyone everybody nobody anyone anybody someone somebody man men woman women
    child children kid kids girl girls boy boys baby babies adult adults youth youths teen teens
    adolescent adolescents youngster youngsters elderly  seniors pensioner pensioners
    parent parents mother mothers father fathers mum mums dad dads carer carers family families
    couple couples sibling siblings friend friends neighbour neighbours neighbor neighbors
    customer customers client clients user users consumer consumers shopper shoppers buyer
    buyers guest guests visitor visitors caller callers subscriber subscribers member members
    reader readers viewer viewers listener listeners player players fans follower followers
    patron patrons audience audiences passenger passengers commuter commuters rider riders
    cyclist cyclists pedestrian pedestrians driver drivers traveller travellers traveler
    travelers tourist tourists patient patients outpatient outpatients inpatient inpatients
    resident residents tenant tenants landlord landlords occupant occupants owner owners
    homeowner homeowners household households citizen citizens voter voters taxpayer taxpayers
    refugee refugees migrant migrants newcomer newcomers survivor survivors victim victims
    beneficiary beneficiaries student students pupil pupils learner learners apprentice
    apprentices graduate graduates trainee trainees intern interns scholar scholars teacher
    teachers tutor tutors professor professors lecturer lecturers staff employee employees
    colleague colleagues worker workers joiner joiners starter starters newbie newbies hires
    candidate candidates applicant applicants manager managers leader leaders heads director
    directors executive executives supervisor supervisors planner planners dispatcher
    dispatchers analyst analysts engineer engineers developer developers dev devs designer
    designers researcher researchers scientist scientists technician technicians mechanic
    mechanics operator operators installer installers electrician electricians builder builders
    painter painters welder welders accountant accountants bookkeeper bookkeepers adviser
    advisers advisor advisors consultant consultants auditor auditors lawyer lawyers officer
    officers clerk clerks agent agents rep reps broker brokers seller sellers dealer dealers
    merchant merchants retailer retailers supplier suppliers vendor vendors partner partners
    contractor contractors freelancer freelancers haulier hauliers courier couriers farmer
    farmers grower growers fisher fishers nurse nurses doctor doctors midwife midwives surgeon
    surgeons physician physicians clinician clinicians therapist therapists pharmacist
    pharmacists dentist dentists gp gps paramedic paramedics responder responders firefighter
    firefighters soldier soldiers veteran veterans volunteer volunteers donor donors funder
    funders investor investors shareholder shareholders trustee trustees sponsor sponsors
    borrower borrowers lender lenders saver savers policyholder policyholders claimant claimants
    policymaker policymakers journalist journalists author authors artist artists musician
    musicians actor actors athlete athletes coachees coaches chef chefs waiter waiters 
    cleaners craftspeople craftsman craftsmen tradespeople salespeople salesperson spokespeople
    attendee attendees delegate delegates participant participants enthusiast enthusiasts
    startup startups entrepreneur entrepreneurs founder founders creator creators publisher
    publishers advertiser advertisers blind deaf homeless unemployed crew crews squad squads
    team teams cohort cohorts  community communities society societies population
    populations stakeholder stakeholders attacker attackers offender offenders orphan orphans
    asylum-seekers newborn newborns toddler toddlers stroke-survivors bride brides hiker hikers
    swimmer swimmers skier skiers sailor sailors captain captains millennials folk folks 
    humans animal animals dog dogs cat cats cattle cow cows pet pets
    """.split()
)
ORGANISATIONS = frozenset(
    """
    firm firms company companies business businesses enterprise enterprises corporation
    corporations organisation organisations organization organizations smb smbs sme smes
    manufacturer manufacturers brewery breweries bakery bakeries workshop workshops farm farms
    factory factories shop shops store stores restaurant restaurants hotel hotels pub pubs cafe
    cafes kitchen kitchens pharmacy pharmacies clinic clinics hospital hospitals practice
    practices surgery surgeries ward wards hospice hospices school schools kindergarten
    kindergartens nursery nurseries college colleges university universities faculty faculties
    library libraries museum museums theatre theatres theater theaters charity charities
    nonprofit nonprofits ngo ngos foundation foundations church churches club clubs union unions
    council councils municipality municipalities authority authorities ministry ministries
    agency agencies government governments bank banks insurer insurers utility utilities branch
    branches subsidiary subsidiaries franchise franchises franchisee department departments
    division divisions unit units depot depots warehouse warehouses laboratory laboratories lab
    labs airline airlines carrier carriers operator cooperative cooperatives co-op co-ops
    committee committees village villages town towns city cities neighbourhood neighbourhoods
    neighborhood neighborhoods district districts country countries
    """.split()
)
# Places: who is there benefits, when the line says "in", "at" or "across" them.
PLACES = frozenset(
    """
    region regions county counties state states province provinces territory territories market
    markets area areas valley valleys street streets road roads site sites office offices
    building buildings home homes house houses estate estates campus classroom classrooms
    workplace workplaces station stations airport airports port ports park parks river rivers
    lake lakes sea coast shift shifts forest forests island islands world planet continent europe africa asia
    america
    """.split()
)
# Nouns in -ers, -ors, -ants, -ents, -ees … that are no people.
_NO_PEOPLE = frozenset(
    """
    orders servers numbers computers containers letters offers papers quarters centers
    parameters chapters routers printers filters transfers trailers boilers towers powers waters
    covers folders headers footers sensors errors doors factors sectors motors floors mirrors
    colors monitors reactors tractors elevators escalators indicators calculators generators
    corridors vectors processors detectors conveyors compressors transistors connectors adapters
    chargers scanners trackers counters meters liters matters others wonders summers winters
    dinners layers answers corners borders disorders reminders remainders posters banners
    stickers drawers registers rosters clusters buffers pointers timers layovers handovers
    turnovers rollovers takeovers makeovers hangovers leftovers newsletters mixers freezers
    coolers heaters burners dryers washers sweepers loaders lifters ledgers vouchers tenders
    genders blockers feeders breakers dispensers lockers shutters gutters tires wires favors
    labors behaviors flavors harbors rumors tumors humors anchors documents payments incidents
    events components departments shipments accidents appointments moments investments
    improvements requirements agreements contents comments segments elements experiments
    treatments instruments deployments environments adjustments enrolments enrollments
    assessments assignments achievements announcements apartments arguments attachments
    commitments complaints constraints developments discounts engagements entitlements
    equipments establishments fragments garments implements judgments judgements measurements
    movements placements punishments replacements reinforcements settlements statements
    supplements tenements tournaments commencements accents percents cents contracts rents tents
    vents intents patents talents ingredients gradients nutrients antecedents precedents
    coefficients quotients torrents currents deterrents detergents solvents reagents absents
    presents prevents invents extents dents scents counts amounts points prints plants grants
    hydrants restaurants variants constants pollutants warrants quadrants implants fees trees
    degrees coffees committees guarantees knees bees sees agrees lists persists exists consists
    assists insists checklists wishlists playlists shortlists waitlists twists mists fists
    wrists
    """.split()
)
_PEOPLE_ENDINGS = (
    "ers", "ors", "ists", "ants", "ents", "ees", "ians", "eers", "women", "men", "people", "folk",
    "mates", "wives", "parents", "kids",
)  # fmt: skip


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
    terminal terminals gala galas panel panels sensor sensors network networks kit ticket tickets van vans robot robots code
    portal portals dashboard dashboards platform platforms app apps application applications
    system systems tool tools toolkit toolkits toolchain website websites webpage page pages
    site sites feature features module modules database databases pipeline pipelines framework
    frameworks policy policies handbook handbooks manual manuals guideline guidelines guide
    guides playbook playbooks report reports strategy strategies roadmap roadmaps programme
    programmes program programs project projects campaign campaigns workshop workshops training
    trainings newsletter newsletters intranet chatbot chatbots bot bots model models api apis
    integration integrations centre centres center centers library branch branches warehouse
    course courses curriculum curricula catalogue catalogues catalog template templates script
    scripts machine machines mvp prototype prototypes release releases version versions
    infrastructure architecture content brochure brochures video videos film films event events
    conference conferences webinar webinars software hardware monolith
    microservices microservice service services backend frontend codebase stack cluster
    repository data-lake crm erp kiosk kiosks kit kits package packages product products line-up
    merchandise hub hubs forum forums committee committees taskforce council board boards
    helpdesk hotline blog blogs podcast podcasts wiki survey surveys process processes procedure
    procedures workflow workflows checklist checklists standard standards regulation rulebook
    onboarding hours shift-plan rota rotas scheme schemes concept concepts plan plans structure
    structures facility facilities lab labs plant playground extension wing building buildings
    fleet subscription subscriptions membership tier pricing logo brand rebrand packaging menu
    menus offer offers format formats exhibition exhibitions festival trail
    """.split()
)
# A thing done is one that shipped: "the new portal is live".
SHIPPED_STATES = frozenset(
    """
    live launched implemented installed deployed migrated introduced built released published
    rolled delivered completed finished done set created developed established written
    """.split()
)

# --- power words ------------------------------------------------------------------------------

# Words that sound like a claim and make none. Sources: GOV.UK content style guide, "words to
# avoid"; Plain English Campaign, the A to Z of alternative words; Orwell, Politics and the English
# Language (1946), for the idea of words that think for you.
EMPTY = frozenset(
    """
    synergy synergies synergistic synergize synergise leverage leveraging paradigm paradigms
    world-class best-in-class best-of-breed next-gen next-generation next-level game-changing
    game-changer gamechanger groundbreaking ground-breaking cutting-edge bleeding-edge
    leading-edge state-of-the-art holistic holistically future-proof futureproof future-ready
    disruptive disrupt disruption revolutionise revolutionize revolutionary seamless seamlessly
    frictionless turnkey mission-critical industry-leading market-leading award-winning
    unparalleled unprecedented unrivalled unmatched unleash supercharge turbocharge hyper-growth
    hypergrowth rockstar ninja thought-leadership thought-leader excellence innovation
    innovative innovations robust visionary ideation gamification omnichannel best-practice
    best-practices value-added value-add win-win outside-the-box mindshare bleeding 360-degree
    10x customer-centric customer-centricity human-centric people-centric data-driven
    results-driven purpose-driven ai-powered ai-first cloud-first digital-first mobile-first
    hyper-personalised hyper-personalized operationalise operationalize incentivise incentivize
    crush dominate amazing awesome incredible outstanding exceptional extraordinary stellar
    superb phenomenal transformational transformative
    """.split()
)
# Words that do the same in company: each is half as empty as the ones above.
HOLLOW = frozenset(
    """
    drive driving deliver delivering empower empowering unlock unlocking transform transforming
    transformation foster enable enabling optimise optimize optimisation optimization maximise
    maximize accelerate elevate enhance streamline harness champion catalyse catalyze amplify
    cultivate spearhead pioneer reimagine reinvent strategic strategy strategically alignment
    align aligned engagement ecosystem ecosystems journey journeys experience experiences impact
    impactful culture agile agility dynamic proactive proactively sustainable scalable
    scalability digital digitalisation digitalization premium leading leader leadership superior
    vision visions mission potential possibilities opportunities value values stakeholder
    stakeholders capabilities capability solutions landscape space end-to-end cross-functional
    enterprise-wide enterprise-grade integrated comprehensive full entire powerful passion
    passionate ambition ambitious commitment committed operational efficiencies optimal modern
    ownership empowerment undisputed bold big great greatness success successful winning high-performance high-performing
    high-impact smart intelligent unique differentiated compelling engaging shift chain fashion
    """.split()
)

# --- short forms that need no explanation ------------------------------------------------------

# What a reader from any trade knows, or finds in a dictionary of general English.
ACRONYMS = frozenset(
    """
    LDL HDL PISA TIMSS TOEFL BMI CT PET HBA1C COPD ADHD PTSD DVT CPD CV GDS OB/GYN OT PT SEN NEET NQT
    CSAT CES ENPS ARR MRR ACV TCV CAC LTV CLV CLTV AOV GMV ROAS CTR CPC CPM CPA COGS DSO DPO EPS IRR NPV OEE MTTR MTBF
    MTTD OTIF WIP ATP BOM EOQ RTO RPO CVE CVES OWASP SIEM SSDS GMP HACCP FSC LEED BREEAM REACH ROHS CE
    LCP CLS INP TTFB PWA SSR SRE SRES DORA CDN VM VMS K8S SMB SAST DAST SBOM OSS QPS RPS EDR IAM
    MQL MQLS SQL SQLS SAL SALS BDR SDR SDRS AE AES PPC SEM UGC CPL KOL ABM PLG
    AP GL SG&A FP&A IR TAX SOX AML KYB PSD2 SEPA IBAN SWIFT MIFID
    NHSE CQC NICE MHRA EMA FDA WHO STD STDS MMR HPV TBI DNA RNA LGBTQI BAME SDG SDGS COP
    AC AD AED AGM AI AIDS AM API APIS AR ATM AUD AV AWS B2B B2C B2G BA BBC BBQ BMI BMW BSC CAD CAPEX
    CBD CCTV CD CDC CDO CEO CFO CHF CHRO CI CIA CIO CISO CI/CD CLI CMO CNN CNY CO CO2 COO COVID CPA
    CPO CPR CPU CRM CRO CSO CSR CSS CSV CTO CV CVS DACH DB DC DE DEI DIN DIY DKK DNA DNS DOI DVD EBIT
    EBITDA ECB EEA ECG EDI EEG EKG EMEA EMS EN EOD EOQ EOY EPA ER ERP ESG ESL EST ETA EU EUR EV EVS
    FAQ FAQS FBI FDA FIFA FM FMCG FR FTE FTES FX FY G7 G20 GB GBP GCSE GDP GDPR GHG GMT GP GPS GPU GPUS
    GUI GWH HD HDMI HIV HQ HR HTML HTTP HTTPS HVAC IATA IBM ICD ICU ID IDS IEC IEEE IELTS IFRS IKEA IMF
    IP IPO IQ IRS ISBN ISO ISP IT ITU IVF JIT JSON JPY KB KG KM KPI KPIS KWH KYC LA LAN LED LEDS LEGO
    LGBT LGBTQ LLC LLM LLMS LNG LPG LTD MA MB MBA MEP MICE ML MLA MMR MP MPS MRI MRT MSC MVP MWH NASA
    NATO NBA NFC NFL NGO NGOS NHS NI NICU NLP NOK NPS NSW NVQ NY NYC OCR OECD OEM OEMS OK OKR OKRS OPEX
    OR OS OSHA OTC PA PC PCR PCS PDF PDFS PE PHD PIN PLN PM PMO POS PR PS PTA PV QA QR R&D RAM RFID RFP RFPS
    RGB RN ROI RSS SAAS SAP SATS SD SDK SEK SEO SIM SKU SKUS SLA SLAS SLO SLOS SMB SMBS SME SMES SMS SMTP
    SOC SOP SOPS SOS SOX SQL SSD SSL SSN SSO STEM STI SUV SUVS TB TCP TLS TV TVS TUV UAE UAT UI UK UN UNESCO
    UNHCR UNICEF URL URLS US USA USB USD UTC UV UX VAT VC VIP VIPS VPN VR VS WC WCAG WHO WI-FI WIFI WLAN
    WTO WWF WWW XL XML XS YMCA YOY YTD ZIP 2FA MFA A&E ASAP AKA BBC COB DIY DOB EG IE IOT K-12 NA NB TBA
    A/B B&B P&L Q&A M&A H&S HSE EHS PPE OPD TB MMORPG KIT CFC PFAS PVC LGV HGV HGVS EV PHEV LTE SIM DSL
    """.split()
)

# Words that carry grammar, not content.
FUNCTION = frozenset(
    """
    a an the this that these those and or but nor so as at by for from in into of off on onto
    out over per than then through to toward towards under up upon via with within without about
    across after before between during until while where when who whom whose which what how why
    if it its they them their we us our ours you your i me my he him his she her be is are was
    were been being am has have had do does did can could may might will would shall not no only
    also just even still very too more most much many there here all each every both any some
    """.split()
)
