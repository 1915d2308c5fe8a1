"""La geometría de los dibujos y la escritura de fechas y números."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from generador.barras import LARGO, barras
from generador.columnas import columnas
from generador.filtros import fecha, fecha_hora, hora, millones, numero, plata, rango
from generador.graficos import ANCHO, ANCHO_LETRA, Calendario, calendario
from generador.mapa import LUGARES, teselas
from generador.puestos import puestos
from generador.serie import Dato, Serie
from tests.sitio.conftest import RAIZ


def hito(clave: str, titulo: str, desde: str, hasta: str) -> dict[str, Any]:
    return {"hito": clave, "titulo": titulo, "inicio": date.fromisoformat(desde), "termino": date.fromisoformat(hasta)}


FERIA = [
    hito("postulacion", "Postulas", "2026-11-02", "2026-12-07"),
    hito("revision", "Revisamos", "2026-12-08", "2026-12-20"),
    hito("aviso", "Te avisamos", "2026-12-21", "2026-12-21"),
    hito("actividad", "Feria", "2027-01-15", "2027-01-17"),
    hito("encuesta", "Encuesta", "2027-01-18", "2027-01-29"),
]
TODO_EL_ANIO = [hito("postulacion", "Postulas", "2026-10-05", "2028-06-30"), *FERIA[1:]]


def cabe(dibujo: Calendario) -> bool:
    def extremos(r: Any) -> tuple[float, float]:
        largo = len(r.texto) * ANCHO_LETRA
        return (r.x - largo, r.x) if r.ancla == "end" else (r.x, r.x + largo)

    return all(extremos(t.rotulo)[0] >= 0 and extremos(t.rotulo)[1] <= ANCHO for t in dibujo.tramos)


def test_los_rotulos_del_calendario_caben() -> None:
    assert cabe(calendario(FERIA))
    assert cabe(calendario(TODO_EL_ANIO))


def test_los_tramos_no_se_enciman_y_caben_a_lo_alto() -> None:
    for hitos in (FERIA, TODO_EL_ANIO):
        dibujo = calendario(hitos)
        alturas = [t.y for t in dibujo.tramos]
        assert alturas == sorted(alturas)
        assert min(b - a for a, b in pairwise(alturas)) >= 33
        assert alturas[-1] + 33 <= dibujo.alto
        assert len(dibujo.meses) <= 5


def test_el_calendario_dice_todo_en_palabras() -> None:
    assert "Postulas: 2 de noviembre al 7 de diciembre de 2026." in calendario(FERIA).descripcion


def test_una_columna_sin_valor_no_tiene_altura_de_cero() -> None:
    sin, con = columnas(
        [
            {"anio": 2025, "valor": Decimal("68.29"), "estado": "medido"},
            {"anio": 2024, "valor": None, "estado": "no_medido"},
        ],
        {2025: Decimal("70.00")},
    )
    assert (sin.anio, sin.valor, sin.y) == (2024, None, 30.0)
    assert (con.y, con.y_meta) == (93.4, 90.0)


def test_el_mapa_distingue_lo_no_medido_de_lo_que_no_se_publica() -> None:
    regiones = [
        {"region": "15", "nombre": "Arica", "abreviatura": "AP", "orden": 1},
        {"region": "01", "nombre": "Tarapacá", "abreviatura": "TA", "orden": 2},
        {"region": "02", "nombre": "Antofagasta", "abreviatura": "AN", "orden": 3},
    ]
    mediciones = {
        "15": {"valor": Decimal("70.00"), "estado": "medido"},
        "01": {"valor": None, "estado": "no_se_publica"},
    }
    assert [t.clase for t in teselas(regiones, mediciones, Decimal("70"))] == ["q3", "q0", "qn"]
    assert len(LUGARES) == len(set(LUGARES.values())) == 16


def serie(*valores: str | None, unidad: str = "empresas") -> Serie:
    datos = tuple(Dato(str(i), f"Dato {i}", None if v is None else Decimal(v)) for i, v in enumerate(valores))
    return Serie("prueba", "Prueba", "Dato", unidad, datos, ("Una fuente",))


def test_las_barras_son_proporcionales_y_la_mayor_llega_al_borde() -> None:
    dibujo = barras(serie("100", "25"))
    assert [b.largo for b in dibujo.barras] == [LARGO, LARGO / 4]
    assert [b.texto for b in dibujo.barras] == ["100", "25"]


def test_una_barra_muy_chica_se_alcanza_a_ver() -> None:
    assert barras(serie("1128679", "761")).barras[1].largo == 1


def test_una_barra_sin_valor_ocupa_todo_y_dice_por_que() -> None:
    dibujo = barras(serie("50", None, unidad="%"), Decimal(100), Decimal(70))
    assert (dibujo.barras[1].largo, dibujo.barras[1].texto) == (LARGO, "No medido")
    assert dibujo.x_meta == 12 + LARGO * 7 / 10


def test_sin_ningun_dato_no_falla() -> None:
    assert barras(serie()).barras == ()


def test_de_mil_puestos_se_llenan_los_del_porcentaje() -> None:
    uno, otro = puestos(serie("0.22", "12.5", unidad="%")).recintos
    assert [t.ancho for t in uno.llenos] == [14.78]  # 2,2 puestos de 6,72
    assert len(otro.llenos) == 3
    assert otro.por_mil == Decimal("125.0")
    assert [t.ancho for t in otro.llenos] == [336, 336, 168]


def test_sin_meta_el_mapa_no_juzga() -> None:
    regiones = [{"region": "15", "nombre": "Arica y Parinacota", "abreviatura": "AP", "orden": 1}]
    assert teselas(regiones, {"15": {"valor": Decimal("70.00"), "estado": "medido"}}, None)[0].clase == "q2"


@pytest.mark.parametrize(("valor", "rotulo", "clase"), [("69.50", 69, "q2"), ("69.99", 69, "q2"), ("70.00", 70, "q3")])
def test_el_numero_del_mapa_no_contradice_su_color(valor: str, rotulo: int, clase: str) -> None:
    regiones = [{"region": "15", "nombre": "Arica y Parinacota", "abreviatura": "AP", "orden": 1}]
    tesela = teselas(regiones, {"15": {"valor": Decimal(valor), "estado": "medido"}}, Decimal(70))[0]
    assert (tesela.entero, tesela.clase) == (rotulo, clase)


def test_las_fechas_se_escriben_en_hora_de_chile() -> None:
    cierre = datetime(2026, 12, 7, 18, 0, tzinfo=UTC)
    assert fecha_hora(cierre) == "lunes 7 de diciembre de 2026 a las 15:00"
    assert hora(datetime(2026, 7, 7, 19, 5, tzinfo=UTC)) == "15:05"
    assert fecha(date(2027, 1, 1)) == "viernes 1 de enero de 2027"


def test_un_evento_que_termina_de_noche_no_se_pasa_al_dia_siguiente() -> None:
    inicio, termino = datetime(2027, 1, 8, 14, 0, tzinfo=UTC), datetime(2027, 1, 10, 0, 0, tzinfo=UTC)
    assert rango(inicio, termino) == "8 y 9 de enero de 2027"
    assert fecha(termino) == "sábado 9 de enero de 2027"


def test_los_rangos_no_repiten_lo_comun() -> None:
    assert rango(date(2027, 1, 15), date(2027, 1, 17)) == "15 al 17 de enero de 2027"


def test_los_numeros_llevan_punto_en_los_miles_y_coma_en_los_decimales() -> None:
    assert numero(343273) == "343.273"
    assert numero(Decimal("70.00")) == "70,00"
    assert numero(Decimal("1286.18"), 0) == "1.286"
    assert plata(18000) == "$18.000"
    assert millones(Decimal("95347104")) == "$95,3 millones"


def _luz(color: str) -> float:
    """La luminancia relativa de WCAG de un `#rrggbb` o `#rgb`."""
    cifras = color if len(color) == 7 else "#" + "".join(c * 2 for c in color[1:])
    canales = [int(cifras[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contraste(uno: str, otro: str) -> float:
    oscura, clara = sorted((_luz(uno), _luz(otro)))
    return (clara + 0.05) / (oscura + 0.05)


@pytest.mark.parametrize("modo", [0, 1], ids=["claro", "oscuro"])
def test_en_el_mapa_mas_es_mas_contraste_y_el_borde_se_ve(modo: int) -> None:
    tema = RAIZ / "site" / "tema"
    estilo, cifras = ((tema / n).read_text(encoding="utf-8") for n in ("estilo.css", "cifras.css"))
    hoja, borde, tinta = (re.findall(rf"--{v}:(#\w+)", estilo)[modo] for v in ("hoja", "borde", "tinta"))
    rampa = [re.findall(rf"\.q{n}{{fill:(#\w+)", cifras)[modo] for n in (1, 2, 3, 4)]
    letras = [re.findall(rf"\.{c}{{fill:(#\w+)", cifras)[modo] for c in ("tq", "tq", "tb", "tb")]
    contrastes = [_contraste(color, hoja) for color in rampa]
    assert contrastes == sorted(contrastes)
    assert min(contrastes[2:]) >= 3
    assert _contraste(borde, hoja) >= 3
    assert min(_contraste(letra, color) for letra, color in zip(letras, rampa, strict=True)) >= 4.5
    assert _contraste(tinta, hoja) >= 4.5
    assert ".q0,.q1,.q2,.q3,.q4,.qn{stroke:var(--borde)" in cifras
