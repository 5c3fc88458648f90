"""How much and how long: the wire contract's limits, and what one process takes on before it lets senders wait."""

LARGEST_UPDATE = 256 * 1024
LARGEST_STEP2 = 8 * 1024 * 1024
LARGEST_AWARENESS = 64 * 1024

# Reading a larger update takes long enough that other sockets would feel it.
READ_APART = 16 * 1024

# Bytes that wait for one slow client before it is told to come back later.
MOST_BEHIND = 1024 * 1024
# Changes and bytes that wait for the writer before sockets are no longer read.
MOST_QUEUED = 20_000
MOST_QUEUED_BYTES = 32 * 1024 * 1024
BATCH = 2000
# So many share a batch well enough: nobody waits for more.
GATHERED = 200

# Seconds.
# The more a batch held, the longer the next one gathers: many who type at once share what a batch costs
# (docs/decisions/0014).
GATHER_FOR_EACH = 0.004
LONGEST_GATHER = 0.017
QUIET_AFTER = 20
POLL_EVERY = 5
RECHECK_EVERY = 60
SIGN_OUT_TAKES = 1
# A caret moves often; a few frames a second are enough to follow it.
PRESENCE_EVERY = 0.05
REMOTE_PRESENCE_LASTS = 45
# How soon after a change pages, search and print show it, and how much of the writer's time that may take.
RENDER_AFTER = 1.0
RENDER_SHARE = 20
# How long a text's document stays in memory after its last reader has left.
LINGER = 10

LONGEST_POLL = 25
POLL_GATHERS = 0.3
FALLBACKS_A_CORE = 60
