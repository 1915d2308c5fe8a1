"""R2 sobre el dominio solo: mil vidas de hasta cincuenta pasos."""

from tests.lista_de_espera import Memoria, vivir


def test_en_mil_vidas_el_puesto_es_de_quien_va_antes_y_nadie_espera_de_mas() -> None:
    vivir(Memoria, ejemplos=1000, pasos=50, con_historia=False)
