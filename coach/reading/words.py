"""Word lists that more than one rule leans on: verbs, people, places, things that get shipped.

The lists were gathered by hand from the guides that the criteria cite and from goals people
published; none is a copy of a list elsewhere. They find candidates. What a word does in its line
is decided by position, in `coach.reading.objective` and the criteria.
"""

from functools import lru_cache

VERBS = frozenset(
    """
    abandon absorb accelerate accept access accommodate accompany accomplish accumulate accuse
    achieve acknowledge acquire act adapt add address adhere adjust administer admire admit
    adopt adore advance advise afford agree aim align alleviate allocate allow alter amaze
    amplify analyse analyze announce answer anticipate apologise apologize appear apply appoint
    appreciate appropriate approve arise arrange arrive articulate ask assemble assert assess
    assign assist assume assure attain attend attract audit authorise authorize automate avoid
    await awaken award bake balance ban bathe be beat become beg begin behave believe belong
    bind bleed blend bloom blossom board book boost borrow break breathe breed brew brighten
    bring broaden browse build burn bury buy calculate call cancel capture care carry catch
    celebrate centralise centralize certify change charge chase check choose circulate
    circumvent claim clarify classify clean clear climb cling close coach coexist collaborate
    collapse collect combine come comfort commence commend commit communicate compare compensate
    compete compile complain complete comply compose comprehend conceal concentrate conclude
    condemn conduct confess confide configure confirm confront confuse congratulate connect
    conserve consider console consolidate construct consult consume contact contain contemplate
    contend continue contradict contribute control converse convert convey convince cook cool
    cooperate coordinate cope correspond cost count cover crawl create criticise criticize cross
    crumble cry cultivate curb cure cut cycle dampen dance dare deal deceive decide declare
    decline decrease deduce deepen defend defer define delay delegate delete delight deliver
    demonstrate depart depend depict deplete deploy deposit deprive derive descend deserve
    design destroy detach detect deter deteriorate develop devise devote diagnose die differ
    differentiate dig digest digitalise digitalize digitise digitize diminish disagree disappear
    disappoint discard disclose discontinue discourage discover discuss disembark dismantle
    dismiss dispatch dispense disperse display disregard disrupt dissolve distinguish distract
    distribute disturb diversify divert divide divorce document dominate donate double download
    draft drain dread dream drift drink drive drop drown dry dwell earmark earn ease eat educate
    elevate elicit eliminate embark embed embrace emerge emit emphasise emphasize employ empower
    enable enclose encourage end endure enforce engage enhance enjoy enlarge enlist enrol enroll
    ensure enter entertain entrust equip eradicate erase erect erode escape establish estimate
    evacuate evade evaluate evict evolve exceed excel exchange exclude execute exit expand
    expect experience expire explain exploit explore export expose express extend extinguish
    extract face facilitate fade fail fall fascinate fasten fear feature feed feel fence ferment
    ferry fertilise fertilize fetch fight file fill filter finalise finalize finance find finish
    fit fix flee flip float flourish flow fly focus fold follow forage forbid forecast foresee
    forget forgive form formulate foster free fry fuel fulfil fulfill fund furnish gain gather
    generate germinate get give go govern graduate grant grasp graze greet grieve grind grow
    guarantee guide halt halve handle happen harden harvest hasten hatch hate haul have heal
    hear help hesitate hibernate hide hinder hinge hire hit hold honor honour hope host hunt
    hurry identify ignore illustrate imagine immerse implement imply import impress improve
    inaugurate incorporate incubate indicate induce infect infer inform inhabit inherit initiate
    inject injure innovate inquire insert insist inspect inspire install instruct insulate
    insure integrate intend intensify interact intercept interpret interrupt intervene interview
    introduce invent invest investigate invite involve irrigate isolate join jump justify keep
    kick kneel knit knock know lack land last laugh launch lay lead lean learn leave lend lessen
    let level leverage liberate lie lift like limit linger link listen litter live load localise
    localize locate lodge look lose love lower magnify maintain make manage manufacture map
    market master match mate maximise maximize mean measure mediate meet melt memorise memorize
    mention mentor merge merit migrate mill mimic mind mingle minimise minimize miss mitigate
    mobilise mobilize moderate modernise modernize modify monitor motivate mourn move mow
    multiply mutate narrate navigate need neglect negotiate nest nominate normalise normalize
    notice notify nurture obey observe obstruct obtain occupy occur offend offer onboard open
    operate oppose opt optimise optimize orchestrate order organise organize originate outgrow
    outlast outlive outnumber outperform outrun overcome overhaul overlook oversee overtake owe
    own pack paint park participate partner pass patrol pave pay penetrate perceive perform
    perish permit persist persuade phase pick pilot pinpoint pioneer place plan plant play plead
    please pledge plough plow polish pollinate ponder pool portray position possess post pour
    praise pray precede predict prefer prepare prescribe present preserve press presume pretend
    prevail prevent prioritise prioritize proceed process proclaim procure produce progress
    prohibit prolong promise promote propose prosecute prosper protect prove provide prune
    publish pull punish purchase pursue push put qualify queue quit quote race raise rally reach
    react reactivate read realise realize reap reassure rebook rebrand rebuild recall recede
    receive reckon reclaim recognise recognize recommend reconcile reconnect reconsider
    reconstruct recover recruit recur recycle redeem redefine redesign redirect reduce refactor
    refer refill refine reflect reform refrain refresh refuel refund refurbish refuse regain
    regenerate register regret regulate rehearse rehouse reimagine reimburse reinforce reinstate
    reintegrate reintroduce reinvent reject rejoice relate relaunch relax relay release relieve
    relive reload relocate rely remain remedy remember remind remit remove renew renovate rent
    reopen reorder reorganise reorganize repair repay repeat repel replace replenish reply
    report reproduce request require rescue research resell resemble reserve reset reside resign
    resist resolve respect respond rest restore restrict restructure resume retain retell
    rethink retire retreat retrieve return reunite reuse revamp reveal reverse revert review
    revise revisit revitalise revitalize revive revoke revolutionise revolutionize reward
    rewrite rid ride ring rinse ripen rise risk roam roast rob roll rotate ruin run rush sail
    sample satisfy save savor savour say scale scan scare scatter schedule scold score scrape
    scream search secure see seek seize select sell send separate serve set settle sew shake
    shape share shed shelter shield shift shine ship shiver shop shorten shout show shrink shut
    sigh sign simplify sing sink sit skate sketch ski skip slash sleep slice slide slip slow
    smell smile sneeze snore soak soar soften solicit solve soothe sort source sow spare spark
    spawn speak specialise specialize specify speed spell spend spill spin split spoil sponsor
    spot spread sprout squeeze stabilise stabilize stand standardise standardize stare start
    starve stay steal steer stem step stick stimulate sting stir stitch stop store straighten
    stray streamline strengthen strike strip strive stroll struggle study stumble submit
    subscribe substitute succeed sue suffer suggest suit summarise summarize summon supervise
    supply support suppress surface surge surpass surrender surround survive suspect suspend
    sustain swallow swap swear sweat sweep swell swim swing switch tackle take talk tame target
    taste teach tear tell tempt tend terminate test thank think threaten thrive throw tick tidy
    tie tighten tolerate touch tour trace track trade train transfer transform transition
    translate trap travel tread treat trial trigger trim triple trust try turn tutor tweak twist
    type undergo undermine understand undertake undo unfold unify unite unleash unload unlock
    unpack unplug update upgrade uphold upskill urge use usher utilise utilize vaccinate
    validate vanish vary venture verify vet view visit visualise visualize voice volunteer vote
    wait waive wake walk wander want warm warn wash waste watch water weaken wean wear weave
    weep weigh welcome weld whisper widen win wipe wish withdraw withstand witness wonder work
    worry wrap wrestle write yield zoom
    """.split()
)
# Verbs that are at least as often nouns: what follows them decides.
NOUN_TOO = frozenset(
    """
    access act address advance aim answer appropriate audit award balance ban blend bloom
    blossom board book boost break burn call care catch change charge chase check claim coach
    collapse comfort console contact control cook cool cost count cover cross cry cure cut cycle
    dance deal decline decrease delay delight demand deposit design display divorce document
    double download draft drain dread dream drift drink drive drop dry ease employ end escape
    estimate exchange exit experience exploit export express extract face fade fall fear feature
    feed fence ferry fight file fill filter finance fit fix flip float flow fly focus fold
    forecast form fuel fund gain graduate grant guarantee guide halt harvest hatch haul help
    hinge hire hit hold honor honour hope host hunt hurry import increase initiate interest
    interview invite issue join jump kick lack land last laugh launch lead leave level leverage
    lift like limit link litter live load lodge look love manufacture map market master match
    mate mean measure meet mention mentor merge merit mill mind miss moderate monitor move need
    nest offer onboard open order overhaul own pack paint park partner pass patrol pay perform
    permit phase pick pilot pioneer place plan plant play pledge plough plow polish pool
    position post praise present press process produce progress promise pull purchase push queue
    quit quote race raise rally rank reach read recall reclaim record redesign refill reform
    refresh refund register regret relaunch relay release remedy rent repair repeat reply report
    request rescue research reserve reset respect rest retreat return reverse review reward ride
    ring rise risk roast roll run rush sail sale sample save scale scan scare schedule score
    search secure separate set shape share shelter shield shift shine ship shop shout show sign
    sink skate sketch ski sleep slice slide slip slow smell smile sort source spark speed spell
    spin split sponsor spot spread stand start stay stem step stick sting stir stitch stop store
    stray strike strip stroll struggle study substitute sue suit supply support surface surge
    survey suspect swallow swap sweat sweep swing switch talk target taste tear test tick tie
    touch tour trace track trade train transfer transition trap travel tread treat trial trigger
    trim trust try turn tweak twist type update upgrade urge use value venture vet view visit
    voice volunteer vote wait wake walk want warm wash waste watch water wear welcome whisper
    win wish witness wonder work worry wrap yield
    """.split()
)
# Verbs that stand before a noun as often, as its adjective: "missing spare parts".
ADJECTIVE_TOO = frozenset(
    "appropriate clean clear close complete free lower moderate open own separate spare triple"
    " warm".split()
)
# Of the nouns, the ones that open a topic rather than a request: "Support from logistics".
MOSTLY_NOUNS = frozenset(
    """
    access audit award balance board care change claim contact control cost cover delay demand
    deposit design document drain drink estimate experience export extract filter finance fuel
    fund guide harvest interest interview issue level link load lodge market need nest order
    park partner patrol place plan plant plough position post press process produce progress
    purchase quality queue race refund release rent repair report request research reserve rest
    return review reward rise risk sample schedule score search shelter shift shop source speed
    staff step stock store study supply support surface survey target test tour trade train
    transfer transition trap travel trial trigger trust type update value venture vet view visit
    voice volunteer waste water witness work yield
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
    accountant accountants actor actors adolescent adolescents adult adults advertiser
    advertisers adviser advisers advisor advisors agent agents allies ally amateur amateurs
    ambassador ambassadors analyst analysts animal animals antelope antelopes anybody anyone ape
    apes applicant applicants apprentice apprentices archer archers artist artists assistants
    asylum-seekers athlete athletes attacker attackers attendee attendees audience audiences
    auditor auditors author authors babies baby bachelor bachelors backer backers bat bats bears
    beaver beavers bee bees beetle beetles beginner beginners believer believers beneficiaries
    beneficiary bird birds bison blind boar boars bookkeeper bookkeepers borrower borrowers boy
    boys breadwinner bride brides broker brokers buffalo builder builders bulls butterflies
    butterfly buyer buyers bystander bystanders cadet cadets calf caller callers calves camel
    camels camper campers candidate candidates captain captains cardholder cardholders caregiver
    caregivers carer carers caretaker caretakers cat cats cattle chaperones chaplain chaplains
    chef chefs chick chicken chickens chicks child children chimpanzee chimpanzees churchgoers
    citizen citizens claimant claimants classmates cleaners clerk clerks client clients climber
    climbers clinician clinicians co-workers coachees coaches cohort cohorts colleague
    colleagues communities community commuter commuters concertgoers conductor conductors
    congregation congregations constituent constituents consultant consultants consumer
    consumers contractor contractors coral corals couple couples courier couriers cow coworker
    coworkers cows craftsman craftsmen craftspeople craftswomen creator creators creature
    creatures crew crewmen crews crowd crowds cub cubs customer customers cyclist cyclists dad
    dads dancer dancers daughter daughters deaf dealer dealers debtor debtors deer defendant
    defendants delegate delegates dentist dentists dependants descendants designer designers
    detainees dev developer developers devs diner diners director directors dispatcher
    dispatchers diver divers doctor doctors dog dogs dolphin dolphins donkey donkeys donor
    donors driver drivers dropouts duckling ducklings ducks eagle eagles eel eels elderly elders
    electrician electricians elephant elephants emigrants employee employees engineer engineers
    enthusiast enthusiasts entrants entrepreneur entrepreneurs evacuee evacuees everybody
    everyone ewe ewes examiner examiners executive executives expert experts falcon falcons
    families family fans farmer farmers father fathers fellows females festival-goers filer
    filers firefighter firefighters first-timer first-timers fish fisher fishermen fishers
    fisherwomen foal foals folk folks follower followers foremen foster-carers founder founders
    fox foxes freelancer freelancers friend friends frog frogs funder funders gamer gamers
    gardener gardeners geese gibbon gibbons giraffe giraffes girl girls goalkeeper goalkeepers
    goat goats goose gorilla gorillas gp gps graduate graduates grandchild grandchildren
    grandmother grandmothers grandparents grower growers guardian guardians guards guest guests
    gymnasts handlers hare hares hatchling hatchlings haulier hauliers heads hedgehog hedgehogs
    heirs helper helpers hen hens heron herons hiker hikers hires hogs homebuyer homebuyers
    homeless homeowner homeowners horse horses household households houseman housemen humans
    hunter hunters husband husbands immigrant immigrants individuals infant infants influencers
    inmate inmates innkeeper innkeepers inpatient inpatients insect insects installer installers
    intern interns investor investors janitor janitors joiner joiners journalist journalists
    judges juniors juror jurors keepers kid kids kitten kittens ladies lads lady lamb lambs
    landlord landlords lawyer lawyers laypeople leader leaders learner learners lecturer
    lecturers lender lenders lion lions listener listeners livestock lizard lizards lobster
    lobsters lodger lodgers loggers lynx machinist machinists makers males mammal mammals man
    manager managers mare mares masons mate mates mayor mayors mechanic mechanics mediator
    mediators member members men mentees merchant merchants midwife midwives migrant migrants
    millennials minors monk monkey monkeys monks mother mothers mourner mourners movers mum mums
    musician musicians mussels nannies nanny neighbor neighbors neighbour neighbours newbie
    newbies newborn newborns newcomer newcomers nobody nuns nurse nurses observers occupant
    occupants offender offenders officer officers officials operatives operator operators
    optician opticians orang-utans orangutan orangutans organiser organisers organizers orphan
    orphans otter otters outpatient outpatients owl owls owner owners ox oxen oyster oysters
    painter painters panda pandas paramedic paramedics parent parents parishioner parishioners
    parrot parrots participant participants partner partners passenger passengers passer-by
    passers-by patient patients patron patrons payee payees payer payers pedestrian pedestrians
    peer peers pelicans penguin penguins pensioner pensioners people performer performers person
    pet pets pharmacist pharmacists physician physicians pig piglet piglets pigs pilgrim
    pilgrims planner planners player players plumber plumbers poets police policemen
    policyholder policyholders policymaker policymakers pollinator pollinators ponies pony
    population populations porpoises postmen postwomen poultry priest priests primate primates
    prisoner prisoners probationers producers professionals professor professors prosecutor
    prosecutors prospect prospects psychologist psychologists publisher publishers pup pupil
    pupils puppies puppy pups rabbit rabbits ranger rangers raptors reader readers recipient
    recipients recruits refugee refugees registrar registrars regulars reindeer rep reporter
    reporters reps rescuers researcher researchers resident residents responder responders
    retailer retailers rhino rhinos rider riders roofer roofers runner runners sailor sailors
    salespeople salesperson salmon saver savers scholar scholars schoolchildren schoolgirls
    scientist scientists scout scouts seabird seabirds seafarers seeker seekers self-employed
    seller sellers seniors settler settlers shareholder shareholders shark sharks sheep shepherd
    shepherds shopkeeper shopkeepers shopper shoppers sibling siblings signatories singer
    singers sister sisters sitters skier skiers skipper skippers smallholder smallholders
    societies society soldier soldiers sole-traders somebody someone son sons sows spectator
    spectators spokespeople sponsor sponsors spouse spouses squad squads squirrels staff
    stakeholder stakeholders starlings starter starters startup startups steward stewards stork
    storks strangers stroke-survivors student students stylists subscriber subscribers
    superintendents supervisor supervisors supplier suppliers surgeon surgeons surveyor
    surveyors survivor survivors swan swans swimmer swimmers switchers tailors tanners taxpayer
    taxpayers teacher teachers team teams technician technicians teen teens tenant tenants
    testers theatregoers therapist therapists tiger tigers toad toads toddler toddlers tortoise
    tortoises tourist tourists traders tradespeople trainee trainees translators traveler
    travelers traveller travellers tribes troop troops trout truckers trustee trustees turtle
    turtles tutor tutors twins uncle uncles undergraduates understudies unemployed user users
    vendor vendors vet veteran veterans vets victim victims viewer viewers villager villagers
    visitor visitors volunteer volunteers voter voters vulture vultures waiter waiters waitress
    waitresses wanderers warden wardens weavers welder welders whale whales wholesalers widow
    widowed widowers widows wife wildlife winemakers witnesses wives wolf wolves woman women
    worker workers workforce writer writers youngster youngsters youth youths zebra zebras
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
    abdomen absents accelerators accents accidents achievements actuators adapters adjustments
    aerators agreements agrees ailments alternators amounts anchors announcements answers
    antecedents antioxidants apartments appointments arguments assessments assignments assists
    attachments banners beers bees behaviors behaviours blisters blockers boilers boosters
    borders breakers buffers bumpers burgers burners calculators capacitors careers carters
    catchers cements centers cents chambers chapters characters chargers charters checklists
    cheers climates clippers closers clusters coasters coefficients coffees colors colours
    commencements comments commitments committees compactors complaints components compressors
    computers connectors consists constants constraints containers contaminants contents
    continents contracts conveyors coolants coolers copiers corners corridors counters counts
    couplers covers crackers currants currents cursors cutters cylinders dampers degrees dents
    deodorants departments deployments detectors detergents deterrents developments diapers
    diffusers diggers dimmers dinners discounts disinfectants disorders dispensers dividers
    documents domers doors drawers dryers elements elevators encounters engagements enrollments
    enrolments entitlements environments equipments errors escalators establishments estimates
    events excavators exists experiments extents extractors factors fasteners favors favours
    feathers feeders fees fenders fertilisers fertilizers fibers fillers filters fingers fists
    flavors flavours floors flowers folders footers fragments fragrances freezers garments
    genders generators giants gradients grants grinders guarantees gutters hammers handovers
    hangers hangovers harbors harbours harvesters headers heaters helicopters honours hoppers
    humidifiers humors humours hydrants implants implements improvements incidents incubators
    indicators ingredients inhalers insists instruments intents invents inverters investments
    isolators judgements judgments jumpers kickers knees labors labours ladders lasers
    lawnmowers layers layovers ledgers leftovers letters levees levers lifters lighters liners
    lists liters litters loaders loafers lockers lubricants makeovers manners markers matters
    measurements medians meters mirrors mists mixers moments monitors monuments motors movements
    mowers newsletters newspapers numbers nutrients odors odours offers ointments orders others
    outliers pallets pants papers parameters parlors patents payments pedigrees peelers percents
    persists pigments pipers placements planers planters plants plasters playlists plungers
    pointers points pollutants posters powers prayers precedents presents prevents primers
    printers prints processors projectors propellers pullers punishments quadrants quarters
    quotients radiators razors reactors reagents receivers reducers refrigerators regimen
    registers regulators reinforcements remainders reminders remnants rents repeaters
    replacements requirements resistors restaurants retainers rockers rollers rollovers
    rosters rotavators rotors routers rubbers rulers rumors rumours samplers scalers scanners
    scents scooters scrapers sealants sectors seeders sees segments semiconductors sensors
    separators servers settlements shakers sharpeners shavers shelters shifters shipments
    shortlists shoulders showers shredders shutters simulators skewers sliders slippers soakers
    solvents spanners specimen specimens spiders splitters sprayers spreaders sprinklers
    squeezers staplers statements steamers stickers stimulants stirrers strainers stretchers
    strippers summers supplements surfactants suspenders sweaters sweepers takeovers talents
    tankers tenders tenements tents thermometers tighteners timbers timers tires toasters
    toppers torrents tournaments towers trackers tractors trailers transfers transformers
    transistors transponders treatments trees tremors trimmers trousers tumblers tumors tumours
    turners turnovers twists typewriters ulcers vapors variants vectors ventilators vents visors
    vouchers waders wafers waitlists wallpapers warrants washers waters whiskers winters wipers
    wires wishlists wonders wrappers wrists yonders zippers
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
    api apis app application applications apps architecture backend banner banners blog blogs
    board boards bot bots branch branches brand brochure brochures building buildings calculator
    calculators camera cameras campaign campaigns card cards catalog catalogue catalogues center
    centers centre centres certificate certificates charter charters chat chatbot chatbots chats
    checklist checklists cluster code codebase committee committees concept concepts conference
    conferences configurator configurators content council course courses crm curricula
    curriculum dashboard dashboards data-lake data-warehouse database databases displays
    e-learning e-shop engine engines erp event events exhibition exhibitions extension
    facilities facility feature features festival film films finder fleet flyer flyers format
    formats forum forums framework frameworks frontend gala galas gateway gateways guide
    guideline guidelines guides handbook handbooks hardware helpdesk helpline hotline hours hub
    hubs infrastructure integration integrations interface interfaces intranet kiosk kiosks kit
    kits lab labs landing-page leaflet leaflets ledger library line-up lockers login logo
    machine machines manual manuals marketplace membership memo memos menu menus merchandise
    microservice microservices microsite model models module modules monolith mvp network
    networks newsletter newsletters offer offers onboarding package packages packaging page
    pages panel panels pipeline pipelines plan plans plant platform platforms playbook playbooks
    playground plug-in plug-ins plugin plugins podcast podcasts policies policy portal portals
    poster posters pricing procedure procedures process processes product products program
    programme programmes programs project projects prototype prototypes ramp ramps rebrand
    register registers regulation release releases report reports repositories repository
    roadmap roadmaps robot robots rota rotas rulebook scanner scanners scheme schemes screens
    script scripts sensor sensors service services shift-plan simulator simulators site sites
    software spreadsheet spreadsheets stack standard standards strategies strategy structure
    structures subscription subscriptions survey surveys system systems tablets taskforce
    template templates terminal terminals ticket tickets tier tool toolchain toolkit toolkits
    tools tracker trackers trail training trainings van vans version versions video videos
    warehouse webinar webinars webpage webshop website websites widget widgets wiki wing wizard
    workflow workflows workshop workshops
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

# Words that add nothing to a goal, wherever they stand in it.
IDLE = frozenset(
    """
    achieve achieves asap end excel goal goals important matters measurable measurably now
    objective objectives reach reaches results shortly soon succeed success successful
    sustainably target targets
    """.split()
)

# --- short forms that need no explanation ------------------------------------------------------

# What a reader from any trade knows, or finds in a dictionary of general English.
ACRONYMS = frozenset(
    """
    2FA A&E A/B A4 ABM AC ACT ACV AD ADHD AE AED AES AGM AHT AI AIDS AKA AM AML ANSI AOV AP API
    APIS APR AR ARPU ARR ASA ASAP ASO ASTM ATC ATM ATP ATS AUD AV AWS B&B B2B B2C B2G BA BAME
    BBC BBQ BDR BI BMI BMS BMW BOM BPM BREEAM BSC BST CAC CAD CAGR CAM CAPA CAPEX CBD CCTV CD
    CDC CDN CDO CE CEO CES CEST CET CFC CFD CFO CHF CHRO CI CI/CD CIA CIF CIO CIS CISO CLI CLS
    CLTV CLV CMM CMO CMS CNC CNN CNY CO CO2 COB COGS COO COP COPD COVID CPA CPC CPD CPI CPL CPM
    CPO CPR CPU CQC CRM CRO CRS CSAT CSO CSR CSS CSV CT CTO CTR CV CVE CVES CVS CW CY DACH DAM
    DAST DAU DAUS DB DC DDP DE DEI DIN DIY DKIM DKK DLP DMARC DNA DNS DOB DOI DORA DPA DPO DSAR
    DSARS DSL DSO DVD DVLA DVT EAC EAN EBIT EBITDA EC2 ECB ECG EDI EDR EEA EEG EG EHS EKG EMA
    EMEA EMS EN ENPS EOD EOQ EORI EOY EPA EPC EPS ER ERP ESA ESG ESL ESOP ESRB EST ETA ETD ETL
    EU EUR EV EVS FAQ FAQS FBI FCL FCR FDA FEM FIFA FM FMCG FMEA FOB FOI FOMC FP&A FR FSC FTE
    FTES FTP FX FY G20 G7 GAAP GB GBP GCP GCSE GDP GDPR GDS GHG GL GMP GMT GMV GNI GP GPA GPS
    GPU GPUS GRE GRPC GTIN GTM GUI GWH H&S HACCP HBA1C HD HDL HDMI HGV HGVS HIPAA HIV HMI HMRC
    HPLC HPV HQ HR HRIS HS HSE HTML HTTP HTTPS HVAC IAM IATA IBAN IBM ICD ICP ICPS ICU ID IDS IE
    IEC IEEE IELTS IFRS IKEA IMF INP IOT IP IPO IQ IR IRR IRS ISA ISBN ISO ISP IT ITIL ITU IVF
    IVR JIT JPY JSON JVM JWT K-12 K8S KB KG KIT KM KOL KPI KPIS KR KRS KW KWH KWP KYB KYC LA LAN
    LCL LCP LDAP LDL LED LEDS LEED LEGO LGBT LGBTQ LGBTQI LGV LIBOR LIDAR LLC LLM LLMS LMS LNG
    LPG LTD LTE LTI LTIR LTV M&A MA MAU MAUS MB MBA MDR MEP MES MFA MHRA MICE MIFID ML MLA
    MMORPG MMR MOT MP MPS MQL MQLS MRI MRR MRT MSA MSAS MSC MTBF MTOW MTTA MTTD MTTR MVP MWH NA
    NASA NATO NB NBA NDA NDAS NEET NFC NFL NGO NGOS NHS NHSE NI NICE NICU NIST NLP NOK NPS NPV
    NQT NSW NVQ NY NYC OB/GYN OCR OECD OEE OEM OEMS OIDC OK OKR OKRS OOM OPD OPEX OR OS OSHA OSS
    OT OTA OTC OTD OTIF OWASP P&L PA PAYE PC PCI PCR PCS PDF PDFS PE PEP PET PFAS PHD PHEV PHP
    PIM PIN PISA PLC PLG PLM PLN PM PMF PMI PMO POS PPC PPE PPM PR PS PSD2 PT PTA PTO PTSD PV
    PVC PWA Q&A QA QBR QBRS QM QPS QR R&D RAM RCA REACH RFI RFID RFIS RFP RFPS RFQ RFQS RGB RN
    RNA ROAS ROCE ROE ROHS ROI RPI RPM RPO RPS RSS RSVP RTO S3 SAAS SAL SALS SAML SAP SAST SAT
    SATNAV SATS SBOM SCADA SD SDG SDGS SDK SDR SDRS SEA SEK SEM SEN SEO SEPA SFTP SG&A SIEM SIM
    SKU SKUS SLA SLAS SLO SLOS SMB SMBS SME SMES SMS SMTP SOC SOP SOPS SOS SOW SOWS SOX SPC SPF
    SQL SQLS SRE SRES SSD SSDS SSH SSL SSN SSO SSR STD STDS STEM STI SUV SUVS SWIFT SY TAM TAX
    TB TBA TBI TCP TCV TEU TIMSS TLS TMS TOEFL TRIR TTFB TUV TV TVS UAE UAT UGC UI UK UL UN
    UNESCO UNHCR UNICEF UPC UPS URL URLS US USA USB USD USP UTC UV UX VAT VC VIP VIPS VM VMS VPC
    VPN VR VS WACC WAU WAUS WBS WC WCAG WHO WI-FI WIFI WIP WLAN WMS WTO WWF WWW XDR XL XML XS
    YMCA YOY YTD ZIP
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
