"""What one person does in a text: marks, lists, boxes, links, and what they paste."""

import pytest
from playwright.sync_api import expect

from bpl.tests.browser.text_page import address, paper_of, see_saved, text_in, write_in
from coedit.document import load
from coedit.render import to_html
from coedit.schema import ATTRIBUTES, MARKS, NODES
from coedit.tests.factories import a_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri"} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoTitle>My boat<o:p></o:p></p>
<h2>Why <span style='mso-spacerun:yes'> </span>boats<o:p></o:p></h2>
<p class=MsoNormal style='margin-bottom:8pt'><b style='mso-bidi-font-weight:normal'>Bold</b> and <span
style='font-style:italic'>italic</span> and <a href="https://example.org/a">a link</a> and
<a href="#_ftn1">[1]</a>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Sand<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>The hull<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Paint<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>First<o:p></o:p></p>
<table class=MsoTable15Grid border=1 style='border-collapse:collapse'><tr><td width=300 style='width:225pt'>
<p class=MsoNormal>Wood<o:p></o:p></p></td><td><p class=MsoNormal>Oak<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><span style='display:none;mso-hide:all'>hidden</span><img
src="file:///C:/a.png">The end.<script>alert(1)</script></p>
<!--EndFragment--></body></html>"""

PASTE = """([kind, words]) => {
    const data = new DataTransfer();
    data.setData(kind, words);
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def text_pages(settings):
    settings.ROOT_URLCONF = "bpl.tests.browser.text_page"


def paste(page, words, kind="text/html"):
    page.evaluate(PASTE, [kind, words])


def as_the_server_has_it(page, text) -> str:
    see_saved(page)
    return to_html(load(text.pk).tree())


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_the_editor_and_the_server_know_the_same_words_for_things(cast, open_as):
    sam = open_as(cast.sam, address(a_text(cast)))
    schema = write_in(sam).evaluate("""element => {
        const {nodes, marks} = element.editor.schema;
        const attributes = Object.values(nodes).flatMap(node => Object.keys(node.spec.attrs ?? {}));
        return {nodes: Object.keys(nodes), marks: Object.keys(marks), attributes};
    }""")
    assert set(schema["nodes"]) - {"doc", "text"} == NODES
    assert set(schema["marks"]) == MARKS
    assert set(schema["attributes"]) <= ATTRIBUTES


def test_words_from_word_come_in_clean(cast, open_as):
    text = a_text(cast)
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    paste(sam, WORD)
    assert as_the_server_has_it(sam, text) == (
        "<h3>My boat</h3><h4>Why boats</h4>"
        "<p><strong>Bold</strong> and <em>italic</em> and "
        '<a href="https://example.org/a" rel="noopener noreferrer nofollow">a link</a> and [1].</p>'
        "<ul><li><p>Sand</p><ul><li><p>The hull</p></li></ul></li><li><p>Paint</p></li></ul>"
        "<ol><li><p>First</p></li></ol>"
        '<div class="table-wrap"><table><tr><td><p>Wood</p></td><td><p>Oak</p></td></tr></table></div>'
        "<p>The end.</p>"
    )


def test_plain_words_keep_their_paragraphs(cast, open_as):
    text = a_text(cast)
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    paste(sam, "One line.\r\nAnother.\r\n\r\nAnd <b>this</b>.", "text/plain")
    assert as_the_server_has_it(sam, text) == "<p>One line.</p><p>Another.</p><p>And &lt;b&gt;this&lt;/b&gt;.</p>"


def test_more_than_the_server_takes_at_once_is_sent_in_parts(cast, open_as):
    text = a_text(cast)
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    paste(sam, "\n".join(f"{number} {'word ' * 120}." for number in range(500)), "text/plain")
    assert as_the_server_has_it(sam, text).endswith("word .</p>")
    assert len(load(text.pk).tree()) == 500


def test_words_moved_within_a_text_stay_as_they_are(cast, open_as):
    text = a_text(cast, "# Boats\n\n- [x] Sand\n\n**Bold** words")
    sam = open_as(cast.sam, address(text))
    before = to_html(load(text.pk).tree())
    write_in(sam).press("Control+a")
    sam.keyboard.press("Control+x")
    expect(paper_of(sam)).not_to_contain_text("Boats")
    sam.keyboard.press("Control+v")
    expect(paper_of(sam)).to_contain_text("Bold words")
    assert as_the_server_has_it(sam, text) == before


def test_links_that_the_server_refuses_are_pasted_as_words(cast, open_as):
    text = a_text(cast)
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    for href in ["javascript:alert(1)", "ftp://example.org/", "/plans/", "http://[bad"]:
        paste(sam, f'<p><a href="{href}">Come here</a></p>')
        sam.keyboard.press("Shift+Home")
        paste(sam, href, "text/plain")
        sam.keyboard.press("Enter")
    html = as_the_server_has_it(sam, text)
    assert html.count("<p>") == 5
    assert "<a " not in html


def test_the_tools_do_what_they_say(cast, open_as):
    text = a_text(cast)
    sam = open_as(cast.sam, address(text))
    write_in(sam)
    for tool, words in [("Heading", "Boats"), ("List", "sail"), ("Numbered list", "first"), ("Boxes to tick", "sand")]:
        press(sam, tool)
        sam.keyboard.type(words)
        expect(sam.get_by_role("button", name=tool, exact=True)).to_have_attribute("aria-pressed", "true")
        press(sam, tool)
        sam.keyboard.press("Enter")
    press(sam, "Bold")
    sam.keyboard.type("strong")
    press(sam, "Bold")
    press(sam, "Italic")
    sam.keyboard.type(" words")
    html = as_the_server_has_it(sam, text)
    assert html.endswith("<p><strong>strong</strong><em> words</em></p>")


def test_boxes_are_ticked_for_everybody(cast, open_as):
    text = a_text(cast, "- [ ] Sand the hull")
    sam, rosa = open_as(cast.sam, address(text)), open_as(cast.rosa, address(text, live=True))
    write_in(sam)
    sam.get_by_role("checkbox", name="Sand the hull").check()
    expect(rosa.get_by_role("checkbox")).to_be_checked()
    assert 'data-checked="true"' in as_the_server_has_it(sam, text)


def test_a_link_is_set_mended_and_taken_away(cast, open_as):
    text = a_text(cast, "Our shop")
    sam = open_as(cast.sam, address(text))
    write_in(sam).press("Shift+Home")
    press(sam, "Link")
    sam.get_by_label("Address").fill("not an address")
    press(sam, "Set link")
    expect(sam.get_by_text("That is no address")).to_be_visible()
    sam.get_by_label("Address").fill("example.org/shop")
    press(sam, "Set link")
    expect(paper_of(sam).get_by_role("link", name="Our shop")).to_have_attribute("href", "https://example.org/shop")
    press(sam, "Link")
    expect(sam.get_by_label("Address")).to_have_value("https://example.org/shop")
    press(sam, "Remove link")
    expect(paper_of(sam).get_by_role("link", name="Our shop")).to_have_count(0)
    assert as_the_server_has_it(sam, text) == "<p>Our shop</p>"


def test_it_is_all_done_with_the_keyboard(cast, open_as):
    text = a_text(cast, "Start.")
    sam = open_as(cast.sam, address(text))
    sam.get_by_role("link", name="Write").press("Enter")
    expect(paper_of(sam)).to_be_focused()
    sam.keyboard.press("Alt+F10")
    expect(sam.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    sam.keyboard.press("ArrowRight")
    sam.keyboard.press("Enter")
    expect(paper_of(sam)).to_be_focused()
    sam.keyboard.type(" Slanted")
    see_saved(sam)
    sam.keyboard.press("Escape")
    expect(sam.get_by_role("button", name="Done")).to_be_focused()
    sam.keyboard.press("Enter")
    expect(text_in(sam).locator("em")).to_have_text(" Slanted")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_an_open_text_is_open_to_everybody(cast, open_as, axe, phone):
    text = a_text(cast, "# Boats\n\n- [ ] Sand\n\n[A link](https://example.org)")
    sam, rosa = open_as(cast.sam, address(text), phone=phone), open_as(cast.rosa, address(text))
    write_in(rosa)
    write_in(sam)
    expect(sam.locator(".caret")).to_have_count(1)
    assert axe(sam) == []
    assert sam.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_in_a_long_text_one_sees_whether_it_is_saved(cast, open_as):
    sam = open_as(cast.sam, address(a_text(cast, "\n\n".join(["A line."] * 60))), phone=True)
    write_in(sam)
    sam.keyboard.type("y")
    assert sam.evaluate(IS_CLEAR_OF_THE_LINE)
    sam.keyboard.press("Control+Home")
    sam.keyboard.type("x")
    see_saved(sam)
    state = sam.locator("[data-part=state]")
    expect(state).to_have_text("Saved")
    expect(state).to_be_in_viewport()
    assert state.evaluate(IS_ON_TOP)


IS_ON_TOP = """it => { const {x, y} = it.getBoundingClientRect();
    return it.contains(document.elementFromPoint(x + 4, y + 4)) }"""
IS_CLEAR_OF_THE_LINE = """() => {
    const [last, line] = [".ProseMirror > :last-child", ".text__line"].map(name => document.querySelector(name));
    return last.getBoundingClientRect().bottom <= line.getBoundingClientRect().top; }"""
