"""Countries by their names in three languages."""

from kb.countries import countries_in, country_in


def test_countries_in_the_language_of_the_report() -> None:
    assert countries_in("Haïti et République dominicaine", "fr") == ("Haïti", "République dominicaine")
    assert countries_in("South Sudan, Niger and Nigeria", "es") == ("Sudán del Sur", "Níger", "Nigeria")
    assert country_in("Mexico", "es") == "México"
    assert country_in("Central America", "es") == "Central America"
