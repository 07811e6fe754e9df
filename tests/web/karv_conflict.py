"""A conflict of the small crisis in `strait`, as a draft that an analyst has worked on, with her comments."""

QUESTION = "Would Norland rather not blockade the strait? Assumed: a threat costs its maker too (nrl.cost.nrl-blockade)."

THOUGHT = ', standing = "inferred"'
KARV = f"""#> Norland and Sudmark: drafted from karv.standoff (2 reports, 2031-03-04).
#>
#> QUESTIONS FOR THE ANALYST: what no report says, and what was taken
#>   1. {QUESTION}
#>   2. Can "blockade the strait" really not be taken back
#>      (nrl-blockade)?
#>
#> LEFT OUT
#>   - Fishermen: people do not decide here.
#>
#> Edit anything: what you change stays when you draft again.

# mine: first look on Tuesday
name = "Norland and Sudmark"
source = "drafted from karv.standoff"

#> Where things stand: the options that are taken now.
status_quo = ["nrl-move-frigates"]

[[decision_maker]]
id = "nrl"
name = "Norland"
note = "NRL"
standing = "stated"
confidence = 0.80
evidence = ["harbour:90-145"]
priorities = [
  #> “Norland refused the request” — The Northern Ledger, 2031-03-04 [harbour:128-155]
  {{ id = "nrl.refusal.nrl-reopen", statement = "not nrl-reopen", standing = "stated", evidence = ["harbour:128-155"] }},
  # mine: they care about ships
  {{ id = "nrl.threat.nrl-blockade", statement = "nrl-blockade if sdm-send-warship"{THOUGHT}, evidence = ["harbour:157-260"] }},
  {{ id = "nrl.fear.sdm-send-warship", statement = "not sdm-send-warship"{THOUGHT} }}, # mine: sure
  {{ id = "nrl.cost.nrl-blockade", statement = "not nrl-blockade", standing = "assumed", confidence = 0.30 }},
]

[[decision_maker]]
id = "sdm"
name = "Sudmark"
note = "SDM"
standing = "stated"
confidence = 0.80
priorities = [
  {{ id = "sdm.demand.nrl-reopen", statement = "nrl-reopen", standing = "stated", evidence = ["harbour:50-127"] }},
  {{ id = "sdm.fear.nrl-blockade", statement = "not nrl-blockade", standing = "inferred", confidence = 0.50 }},
  {{ id = "sdm.cost.sdm-send-warship", statement = "not sdm-send-warship", standing = "assumed", confidence = 0.30 }},
]

[[option]]
#> “reopen the strait of Karv” — The Northern Ledger, 2031-03-04 [harbour:50-127]
id = "nrl-reopen"
name = "reopen the strait"
owner = "Norland"
standing = "stated"
confidence = 0.82
evidence = ["harbour:50-127"]

[[option]]
id = "nrl-blockade"
name = "blockade the strait"
owner = "Norland"
moves = "on"
standing = "inferred"
confidence = 0.60
evidence = ["nowhere:1-20"]

# mine: two of them, says the ministry
[[option]]
id = "nrl-move-frigates"
name = "move frigates"
owner = "Norland"
standing = "stated"
confidence = 0.90
evidence = ["harbour:290-340"]

[[option]]
id = "sdm-send-warship"
name = "send a warship"
owner = "Sudmark"
note = "feared by Norland"
standing = "assumed"

[feasibility]
#> nrl-reopen and nrl-blockade: one takes the other back
exclusive = [["nrl-reopen", "nrl-blockade"]]

[draft]
program = "standoff 0.1.0"
dossier = "karv.standoff"
reports = 2

[draft.base]
status_quo = ["nrl-move-frigates"]
"""

MINE = (
    "# mine: first look on Tuesday",
    "# mine: they care about ships",
    "# mine: sure",
    "# mine: two of them",
)
"""The analyst's comments."""

TITLED = """# Two drivers
name = "Chicken"
status_quo = "NNN"   # nobody has swerved

[[decision_maker]]
name = "A"
priorities = ["not B swerves or A swerves", "not A swerves", "B swerves"]  # as told

[[decision_maker]]
name = "B"
weights = { "A swerves" = 2, "B swerves" = -0.5 }

[[option]]
name = "A swerves"
owner = "A"

[[option]]
name = "B swerves"
owner = "B"

[[option]]
name = "brake"
owner = "B"

[feasibility]
infeasible = ["-YY"]
rules = ["brake only if A swerves"]

[settlement]
holds = ["A swerves or 2"]
"""
"""A conflict written by hand, whose formulas, weights and masks go by names and places."""
