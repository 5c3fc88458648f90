"""Names for the demo schools, and how a school's people are drawn from them: the same every time."""

import random
from dataclasses import dataclass

GIVEN = """
Aaliyah Abel Adaeze Aisha Alejandra Amara Amir Ana Andre Anh Anika Antonio Ariana Asha Ava Beatriz Caleb Camila Carlos
Chloe Cian Daniela Dante Darius David Deja Diego Dylan Elena Eli Emilia Emmanuel Esme Ethan Fatima Felix Finn Gabriela
Grace Hana Harper Hassan Ibrahim Imani Inés Isaac Isla Ivan Jada Jaden Jamal Jasmine Javier Jayden Joaquín Jonah
José Juliana Kai Kamila Keisha Khalil Kiara Kwame Layla Leila Leo Liam Lucía Luis Malik Marcus Mariana Mateo Maya Mei
Mia Miles Mina Mohammed Naomi Nadia Nia Noah Noor Oliver Omar Paola Priya Quinn Rafael Reuben Rosa Ruby Samir Santiago
Sara Sienna Simone Sofia Tariq Tessa Thuy Valeria Viktor Xiomara Yara Yusuf Zainab Zoe 小雨 Søren Zoë
""".split()
FAMILY = """
Abdi Acevedo Adeyemi Ahmed Alvarez Andrade Baptiste Barros Begum Bennett Brooks Cabral Campbell Carter Castillo Chavez
Chen Coelho Coleman Cruz DaSilva Delgado Diallo Diaz Edwards Espinoza Farah Fernandes Figueroa Flores Fonseca Foster
Freeman Garcia Gomes Gonzalez Green Guzman Haddad Hall Harris Hassan Hernandez Hughes Hussain Ibrahim Jackson James
Jiménez Johnson Jones Kamara Kaur Kelly Khan Kim Kowalski Lewis Lima López Martin Martinez Medeiros Mendes Mensah
Mitchell Mohamed Monteiro Moore Morales Murphy Nguyen Nuñez O'Brien Okafor Oliveira Ortiz Osman Owens Park Patel Pereira
Perez Phillips Pierre Pina Ramirez Reid Reyes Rivera Robinson Rodrigues Rosario Ruiz Santos Shah Silva Singh Smith Soto
Souza Tavares Taylor Thomas Torres Tran Turner Vargas Vieira Walker Washington White Williams Wilson Wright Zhang
""".split()
WOMEN = """
Agnes Alice Amina Angela Bernadette Carla Carmen Claire Denise Dolores Edith Farah Gloria Helen Irene Joyce Karen Laura
Linda Lorraine Margaret Maria Martha Mónica Nancy Nasreen Olga Patricia Rachel Rebecca Rosario Ruth Sandra Sheila Silvia
Susan Tania Teresa Tina Wanda Yolanda
""".split()
MEN = """
Alberto Arturo Charles Daniel Ernesto Fernando Frank Graham Hugo Ismail Jean Jorge Kofi Manuel Mario Michael Osman Paul
Pedro Rajesh Ramón Ricardo Robert Samuel Stephen Thomas Victor Winston
""".split()
STREETS = {
    "us": ["Broad Street", "Elmwood Avenue", "Cranston Street", "Potters Avenue", "Public Street", "Chalkstone Avenue"],
    "england": ["Anlaby Road", "Beverley Road", "Holderness Road", "Wincolmlee", "Spring Bank", "Hessle Road"],
}


@dataclass(frozen=True)
class DrawnFamily:
    family_name: str
    mother: str | None
    father: str | None
    language: str


class Names:
    """Draws names in a fixed order; no two children of a school share both names."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)  # noqa: S311 (not for secrets)
        self.taken: set[tuple[str, str]] = set()

    def child(self, family_name: str) -> str:
        while True:
            given = self.random.choice(GIVEN)
            if (given, family_name) not in self.taken:
                self.taken.add((given, family_name))
                return given

    def family(self) -> DrawnFamily:
        """Two parents in half of the families, one in most others; a Spanish-speaking home in a quarter."""
        draw = self.random.random()
        mother = self.random.choice(WOMEN) if draw < 0.92 else None
        father = self.random.choice(MEN) if draw < 0.5 or mother is None else None
        language = "es" if self.random.random() < 0.25 else ""
        return DrawnFamily(self.random.choice(FAMILY), mother, father, language)

    def address(self, system: str) -> str:
        return f"{self.random.randint(3, 180)} {self.random.choice(STREETS[system])}"

    def adult(self) -> tuple[str, str]:
        return self.random.choice(WOMEN + MEN), self.random.choice(FAMILY)
