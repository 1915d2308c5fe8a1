"""La agenda, el mes y el mapa de un evento, con números chicos."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from generador.agenda import jornadas, parejas
from generador.calendario_mensual import meses
from generador.silueta import ALTO, ANCHO, HASTA, NORTE, mapa

REGIONES = [{"region": r} for r in HASTA]


@dataclass
class Evento:
    """Lo que el mes necesita de un evento."""

    nombre: str
    primer_dia: date
    ultimo_dia: date
    fila: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fila = {"id": self.nombre}

    @property
    def dias(self) -> list[date]:
        return [self.primer_dia + timedelta(days=n) for n in range((self.ultimo_dia - self.primer_dia).days + 1)]


def evento(nombre: str, desde: str, hasta: str) -> Any:
    return Evento(nombre, date.fromisoformat(desde), date.fromisoformat(hasta))


def parte(inicio: str, clase: str = "charla", **cambios: Any) -> dict[str, Any]:
    fila = {"orden": 1, "titulo": "x", "detalle": None, "termino": None, "cupo": None, "minutos": None, "clase": clase}
    return fila | {"inicio": datetime.fromisoformat(inicio).replace(tzinfo=UTC)} | cambios


def ronda(hasta: str, cupo: int, minutos: int) -> dict[str, Any]:
    termino = datetime.fromisoformat(hasta).replace(tzinfo=UTC)
    return parte("2027-01-20T13:30", "ronda", termino=termino, cupo=cupo, minutos=minutos)


def test_una_ronda_cuenta_los_turnos_que_caben_enteros() -> None:
    (jornada,) = jornadas([ronda("2027-01-20T14:40", 12, 15)])
    assert (jornada.partes[0].turnos, jornada.partes[0].reuniones) == (4, 48)
    assert jornadas([parte("2027-01-20T13:30", cupo=60)])[0].partes[0].turnos == 0


def test_las_jornadas_se_cortan_a_medianoche_de_chile() -> None:
    partes = [parte("2027-01-21T02:30"), parte("2027-01-21T03:30"), parte("2027-01-20T13:00")]
    assert [(j.dia.day, len(j.partes)) for j in jornadas(partes)] == [(20, 2), (21, 1)]


def test_primero_van_los_rubros_donde_se_busca_y_se_ofrece() -> None:
    rubros = {r: {"id": r, "nombre": r} for r in ("alimentos", "papel", "textil")}
    filas = [
        {"rubro": "alimentos", "sentido": "busca"},
        {"rubro": "textil", "sentido": "ofrece"},
        {"rubro": "textil", "sentido": "busca"},
    ]
    assert [(p.rubro["id"], len(p.busca), len(p.ofrece)) for p in parejas(filas, rubros)] == [
        ("textil", 1, 1),
        ("alimentos", 1, 0),
    ]


def test_un_evento_entre_dos_meses_sale_en_los_dos() -> None:
    hechos = meses([evento("a", "2027-03-30", "2027-04-02")])
    assert [(m.ruta, len(m.eventos)) for m in hechos] == [("/eventos/2027-03/", 1), ("/eventos/2027-04/", 1)]
    # El 1 de abril es jueves: se nombra otra vez porque empieza el mes.
    abril = [x for s in hechos[1].semanas for d in s for x in d.carriles if x]
    assert [(x.abre, x.dias, x.cierra) for x in abril] == [(True, 2, True), (False, 1, True)]
    # El 30 de marzo es martes: la franja llega hasta donde llega el mes.
    marzo = [x for s in hechos[0].semanas for d in s for x in d.carriles if x]
    assert [(x.abre, x.dias, x.cierra) for x in marzo] == [(True, 2, False), (False, 1, False)]


def test_las_semanas_van_de_lunes_a_domingo_y_cubren_el_mes() -> None:
    (mes,) = meses([evento("a", "2027-02-10", "2027-02-10")])
    dias = [d.fecha for s in mes.semanas for d in s]
    assert (dias[0].weekday(), dias[-1].weekday(), len(dias)) == (0, 6, 28)
    assert sum(d.del_mes for s in mes.semanas for d in s) == 28


def test_dos_eventos_que_se_topan_no_comparten_carril_y_cada_uno_sigue_en_el_suyo() -> None:
    dias = {"largo": ("2027-01-11", "2027-01-15"), "corto": ("2027-01-12",) * 2, "otro": ("2027-01-14",) * 2}
    (mes,) = meses([evento(nombre, *entre) for nombre, entre in dias.items()])
    semana = next(s for s in mes.semanas if s[0].fecha.day == 11)
    assert [[x and x.evento.nombre for x in d.carriles] for d in semana] == [
        ["largo"], ["largo", "corto"], ["largo"], ["largo", "otro"], ["largo"], [], [],
    ]  # fmt: skip


def test_el_mapa_pinta_una_sola_region_y_pone_el_punto_dentro_del_dibujo() -> None:
    hecho = mapa(REGIONES, "07", {"latitud": -35.4264, "longitud": -71.6554})
    assert [f.region for f in hecho.franjas if f.clase == "z"] == ["07"]
    assert hecho.punto is not None
    assert 0 < hecho.punto[0] < ANCHO
    assert 0 < hecho.punto[1] < ALTO
    assert mapa(REGIONES, "07", None).punto is None
    assert mapa(REGIONES, "07", {"latitud": None, "longitud": None}).punto is None


def test_las_franjas_del_mapa_van_de_norte_a_sur_sin_huecos() -> None:
    limites = [NORTE, *HASTA.values()]
    assert limites == sorted(limites)
    assert [f.region for f in mapa(REGIONES, "15", None).franjas] == list(HASTA)
