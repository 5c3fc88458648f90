from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.safestring import mark_safe

from common.forms import helper


class Letter(forms.Form):
    subject = forms.CharField(label="Subject", help_text="One line")
    words = forms.CharField(label="Words", required=False)
    goals = forms.MultipleChoiceField(
        label="Goals", widget=forms.CheckboxSelectMultiple, choices=[("e", "Empirical"), ("q", "Quantitative")]
    )

    def __init__(self, *args, method="post", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Send the letter")
        self.helper.form_method = method


def test_it_marks_what_may_be_left_empty():
    html = render_crispy_form(Letter())

    assert html.count("(may be left empty)") == 1


def test_it_marks_nothing_in_a_search():
    html = render_crispy_form(Letter(method="get"))

    assert "(may be left empty)" not in html


def test_it_leads_from_the_summary_to_each_field_that_is_wrong():
    html = render_crispy_form(Letter({"words": "Dear all"}))

    assert 'href="#id_subject"' in html
    assert 'href="#div_id_goals"' in html
    assert 'value="Dear all"' in html


def test_it_ties_help_and_errors_to_the_box_for_a_screen_reader():
    html = render_crispy_form(Letter({}))

    assert 'id="id_subject_error"' in html
    assert 'id="id_subject_helptext"' in html
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html


def test_it_names_its_button():
    assert "Send the letter</button>" in render_crispy_form(Letter())


def test_it_says_a_hint_as_words_and_lets_our_own_markup_stand():
    form = Letter()
    form.fields["subject"].help_text = "<b>One line"
    form.fields["words"].help_text = mark_safe("<b>Many</b>")
    html = render_crispy_form(form)
    assert "&lt;b&gt;One line" in html and "<b>Many</b>" in html
