"""What the company has written down: a dozen articles, by those who know, as their lead published them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handrail.accounts.models import Brand
from handrail.kit import html as markup
from handrail.knowledge.models import Article, Sheet
from handrail.team.models import Agent


@dataclass(frozen=True, kw_only=True)
class Told:
    """One article. looked_at: days until somebody looks at it again, from the last day of the year."""

    title: str
    summary: str
    text: str
    by: str = "nadia"
    audience: str = "public"
    category: str = "Delivery"
    brand: str = "harbour"
    looked_at: int = 120
    published: bool = True


ARTICLES = (
    Told(
        title="Where is my parcel?",
        summary="What each word of the tracking page means, and from when on to ask us.",
        text="“Out for delivery” means that the parcel is in a van since that morning.\n\n"
        "If it says so for more than one working day, write to us with the parcel number: we ask the depot.",
    ),
    Told(
        title="Change the address of a parcel",
        summary="Until the parcel is in a van, you can do it yourself.",
        text="Open the tracking page and choose “Another address”.\n\n"
        "Once the parcel is in a van, the driver can only bring it to a collection point.",
        looked_at=-12,
    ),
    Told(
        title="Collect a parcel at a collection point",
        summary="What to bring, and how long it waits for you.",
        text="Bring the parcel number and a document with your name.\n\nA parcel waits for seven days.",
        by="lotte",
    ),
    Told(
        title="A parcel came damaged",
        summary="Which pictures we need, and what happens then.",
        text="Take a picture of the parcel from outside, one of what is inside, and one of the label.\n\n"
        "Answer within seven days: insurers ask for that.",
        by="agnieszka",
        category="Claims",
    ),
    Told(
        title="Duties and customs forms",
        summary="Who pays duties, and which form goes on the parcel.",
        text="Whoever is named as the importer pays.\n\nA parcel above 1,000 euros needs form CN 23.",
        by="agnieszka",
        category="Claims",
    ),
    Told(
        title="When a refund arrives",
        summary="It takes up to ten working days, whichever way you paid.",
        text="We send refunds each evening.\n\nBanks take up to ten working days, cards sometimes longer.",
        by="omar",
        category="Money",
    ),
    Told(
        title="Get a copy of an invoice",
        summary="All invoices of the last seven years.",
        text="Sign in, open “Invoices”, and choose the month.",
        by="omar",
        category="Money",
        audience="customers",
    ),
    Told(
        title="Prices for business customers",
        summary="What a label costs from the hundredth parcel of a month on.",
        text="From the hundredth parcel of a month on a label costs 3.90 euros.",
        by="omar",
        category="Money",
        audience="customers",
    ),
    Told(
        title="The label printer prints empty labels",
        summary="Nearly always the roll lies the wrong way round.",
        text="Turn the roll round, so that the shiny side is below.\n\nPrint a test label from the app.",
        by="henrik",
        category="Devices",
        looked_at=-40,
    ),
    Told(
        title="Refund on the spot",
        summary="Up to which sum you decide alone.",
        text="Up to forty euros you refund at once, without asking anybody, when a parcel is five days late."
        "\n\n"
        "Above that, ask Iris in a note.",
        by="iris",
        category="Money",
        audience="colleagues",
    ),
    Told(
        title="Reach a depot at night",
        summary="Who answers after ten, and what they can look up.",
        text="The night desk of the depot in Rotterdam answers on the internal number 4471.\n\n"
        "They see the last scan, and no names of customers.",
        by="iris",
        audience="colleagues",
    ),
    Told(
        title="What release 4.2 of the app changes",
        summary="Not finished: screens are still missing.",
        text="Scanning works in landscape again.",
        by="henrik",
        category="Devices",
        published=False,
    ),
)


def write_articles(
    *, agents: Mapping[str, Agent], brands: Mapping[str, Brand], lead: Agent, at: datetime, until: date
) -> None:
    """Let those who know write them, and the lead publish them. until: the last day of the year."""
    for turn, told in enumerate(ARTICLES):
        written = at + timedelta(hours=turn)
        article = Article.make(_sheet(told, agents, brands, until), by=agents[told.by], at=written)
        if told.published:
            article.publish(by=lead, seen=article.version, at=written + timedelta(hours=1))


def _sheet(told: Told, agents: Mapping[str, Agent], brands: Mapping[str, Brand], until: date) -> Sheet:
    return Sheet(
        title=told.title,
        summary=told.summary,
        html=markup.paragraphs(told.text),
        audience=told.audience,
        brand=brands[told.brand],
        owner=agents[told.by],
        language="en",
        category=told.category,
        review_on=until + timedelta(days=told.looked_at),
    )
