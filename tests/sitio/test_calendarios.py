"""Los calendarios: dos lectores entienden lo mismo, cada cita se reconoce siempre y lo cancelado se avisa y se va."""

import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from funciones.adaptadores.horneado import Horneado
from funciones.dominio.novedad import regiones_de
from funciones.dominio.plazo import CHILE
from generador.calendario import calendario, calendarios, escribir_calendarios
from generador.citas import CANCELADA, Cita, de_ficha
from generador.fichas import Fichas
from tests.datos.copia import Copia, copiar
from tests.sitio.conftest import AHORA, DATOS, RAIZ
from tests.sitio.datos_de_prueba import fichas_de

NODE = RAIZ / ".entorno" / "probar" / "bin" / "node"
ICAL_JS = RAIZ / ".entorno" / "npm" / "node_modules" / "ical.js" / "dist" / "ical.js"
LECTOR = RAIZ / "tests" / "sitio" / "leer_ics.mjs"
EVENTOS, CAMBIOS = "eventos/eventos.csv", "eventos/cambios.csv"
MAR = "feria-manos-de-mar-2027"
TITULO = "Feria, con «comas»; y ñandúes"
CITA = Cita("una@ferias-y-redes", 0, AHORA, AHORA, AHORA, TITULO, "Una.\nDos.", "/eventos/x/", "Talca", ())


@pytest.fixture(scope="module")
def fichas() -> Fichas:
    return fichas_de(DATOS, AHORA)


@pytest.fixture
def copia(tmp_path: Path) -> Copia:
    return copiar(tmp_path / "datos")


def con_ical_js(archivos: list[Path]) -> dict[str, Any]:
    orden = [NODE, LECTOR, ICAL_JS, *archivos]
    corrida = subprocess.run(orden, capture_output=True, text=True, check=False)
    assert corrida.returncode == 0, corrida.stderr
    leidos: dict[str, Any] = json.loads(corrida.stdout)
    return leidos


def con_icalendar(archivo: Path) -> list[dict[str, Any]]:
    return [_cita(evento) for evento in Calendar.from_ical(archivo.read_bytes()).walk("VEVENT")]


def _cita(evento: Any) -> dict[str, Any]:
    inicio = evento["dtstart"].dt
    return {
        "uid": str(evento["uid"]),
        "secuencia": int(evento["sequence"]),
        "titulo": str(evento["summary"]),
        "lugar": str(evento["location"]) if "location" in evento else None,
        "descripcion": str(evento["description"]),
        "estado": str(evento["status"]),
        "inicio": _instante(inicio),
        "termino": _instante(evento["dtend"].dt if "dtend" in evento else inicio),
        "modificada": _instante(evento["last-modified"].dt),
        "avisos": [aviso["trigger"].to_ical().decode() for aviso in evento.walk("VALARM")],
    }


def _instante(cuando: date) -> str:
    return f"{cuando.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(cuando, datetime) else cuando.isoformat()


def test_dos_lectores_entienden_lo_mismo_en_cada_calendario(portal: Path) -> None:
    archivos = sorted((portal / "calendario").rglob("*.ics"))
    assert len(archivos) > 20
    de_ical_js = con_ical_js(archivos)
    for archivo in archivos:
        assert con_icalendar(archivo) == de_ical_js[str(archivo)], archivo.name


def test_cada_cita_cae_a_la_hora_que_dicen_los_datos(fichas: Fichas, tmp_path: Path) -> None:
    escribir_calendarios(fichas, tmp_path)
    leidas = {c["uid"]: c for c in con_icalendar(tmp_path / "calendario" / "todo.ics")}
    for evento in fichas.eventos:
        cita = leidas[f"evento-{evento.id}@ferias-y-redes"]
        assert (cita["inicio"], cita["termino"]) == (_instante(evento.inicio), _instante(evento.termino))
    for c in fichas.convocatorias:
        assert leidas[f"convocatoria-{c.id}-cierre@ferias-y-redes"]["inicio"] == _instante(c.cierre)


# Chile atrasa el reloj el 3 de abril de 2027 a las 24:00 y lo adelanta el 4 de septiembre a las 24:00.
@pytest.mark.parametrize(
    ("inicio", "termino"),
    [
        ("2027-04-03T22:30-03:00", "2027-04-04T10:00-04:00"),
        ("2027-04-04T00:00-04:00", "2027-04-04T01:00-04:00"),
        ("2027-09-04T23:30-04:00", "2027-09-05T01:30-03:00"),
        ("2027-09-04T23:59-04:00", "2027-09-05T01:00-03:00"),
        ("2027-09-05T01:00-03:00", "2027-09-05T12:00-03:00"),
        ("2027-09-05T01:30-03:00", "2027-09-05T01:59-03:00"),
        ("2027-04-03T22:59-03:00", "2027-04-04T00:30-04:00"),
        ("2027-01-15T10:00-03:00", "2027-06-15T10:00-04:00"),
        ("2026-01-01T00:00-03:00", "2026-12-31T23:59-03:00"),
    ],
)
def test_los_cambios_de_hora_no_corren_las_citas(tmp_path: Path, inicio: str, termino: str) -> None:
    momentos = [datetime.fromisoformat(t).astimezone(UTC) for t in (inicio, termino)]
    cita = replace(CITA, inicio=momentos[0], termino=momentos[1])
    # Otra, años después, alarga la lista de cambios de hora.
    julio = datetime(2030, 7, 1, tzinfo=UTC)
    lejana = replace(CITA, uid="otra@ferias-y-redes", inicio=julio, termino=julio)
    archivo = tmp_path / "una.ics"
    archivo.write_bytes(calendario("Una", "una", [cita, lejana], "https://ejemplo.invalid"))
    for leida, otra in (con_icalendar(archivo), con_ical_js([archivo])[str(archivo)]):
        assert otra["inicio"] == "2030-07-01T00:00:00Z"
        assert [leida["inicio"], leida["termino"]] == [_instante(m) for m in momentos]
        assert (leida["titulo"], leida["lugar"]) == (CITA.titulo, "Talca")


def test_cada_cambio_de_hora_se_escribe_con_la_hora_que_regia_hasta_entonces() -> None:
    (zona,) = Calendar.from_ical(calendario("Una", "una", [CITA], "https://ejemplo.invalid")).walk("VTIMEZONE")
    escritos = {f"{parte['dtstart'].dt:%Y-%m-%dT%H:%M}" for parte in zona.subcomponents[1:]}
    assert {"2026-04-05T00:00", "2026-09-06T00:00", "2027-04-04T00:00"} <= escritos
    leida = zona.to_tz(lookup_tzid=False)
    for parte in zona.subcomponents[1:]:
        cambia = (parte["dtstart"].dt - parte["tzoffsetfrom"].td).replace(tzinfo=UTC)
        for minutos in (-61, -31, -1, 0, 31, 61):
            momento = cambia + timedelta(minutes=minutos)
            assert momento.astimezone(leida).utcoffset() == momento.astimezone(CHILE).utcoffset(), momento


def test_un_dia_entero_termina_al_dia_siguiente(tmp_path: Path) -> None:
    cita = replace(CITA, inicio=date(2027, 1, 15), termino=date(2027, 1, 17))
    ics = calendario("Una", "una", [cita], "https://ejemplo.invalid").decode()
    assert "DTSTART;VALUE=DATE:20270115" in ics
    assert "DTEND;VALUE=DATE:20270118" in ics


def test_cada_linea_cabe_y_termina_como_pide_la_norma(fichas: Fichas) -> None:
    for ruta, nombre, citas in calendarios(fichas):
        ics = calendario(nombre, ruta, citas, "https://ejemplo.invalid")
        assert ics.endswith(b"\r\n")
        assert b"\n" not in ics.replace(b"\r\n", b"")
        assert max(map(len, ics.split(b"\r\n"))) <= 75


def test_otro_dia_y_otra_direccion_dejan_las_mismas_citas(fichas: Fichas) -> None:
    despues = fichas_de(DATOS, AHORA + timedelta(days=3))
    for (ruta, _, citas), (_, _, otras) in zip(calendarios(fichas), calendarios(despues), strict=True):
        assert citas == otras, ruta
    uids = {c.uid for _, _, citas in calendarios(fichas) for c in citas}
    assert all(uid.endswith("@ferias-y-redes") for uid in uids)


def test_en_un_calendario_ninguna_cita_se_repite(fichas: Fichas) -> None:
    for ruta, _, citas in calendarios(fichas):
        assert len({c.uid for c in citas}) == len(citas), ruta


def test_cada_cambio_anotado_sube_la_secuencia(copia: Copia) -> None:
    def cita() -> Cita:
        evento = next(e for e in fichas_de(copia.carpeta, AHORA).eventos if e.id == MAR)
        return de_ficha(evento)[0]

    antes = cita()
    copia.celda(EVENTOS, MAR, "termino", "2027-01-09T22:00")
    fila = f"{MAR},1,2026-11-21,termino,2027-01-09T21:00,2027-01-09T22:00,Hay música.,mayor\n"
    copia.reescribir(CAMBIOS, lambda texto: texto + fila)
    ahora = cita()
    assert (ahora.uid, ahora.secuencia) == (antes.uid, antes.secuencia + 1)
    assert ahora.modificada > antes.modificada


def test_lo_cancelado_se_avisa_treinta_dias_y_despues_se_va(copia: Copia) -> None:
    copia.celda(EVENTOS, MAR, "situacion", "cancelado")
    copia.celda(EVENTOS, MAR, "motivo_situacion", "El muelle se cerró.")
    fila = f"{MAR},1,2026-11-21,situacion,programado,cancelado,El muelle se cerró.,mayor\n"
    copia.reescribir(CAMBIOS, lambda texto: texto + fila)

    def citas(ahora: datetime) -> list[Cita]:
        return de_ficha(next(e for e in fichas_de(copia.carpeta, ahora).eventos if e.id == MAR))

    (cita,) = citas(AHORA)
    assert cita.estado == CANCELADA
    assert cita.titulo.startswith("CANCELADO · ")
    assert "El muelle se cerró." in cita.descripcion
    assert len(citas(datetime(2026, 12, 21, 2, tzinfo=UTC))) == 1
    assert citas(datetime(2026, 12, 21, 4, tzinfo=UTC)) == []


def test_el_cierre_avisa_dos_dias_antes_y_solo_si_sigue_en_pie(fichas: Fichas) -> None:
    for c in fichas.convocatorias:
        cierre = [cita for cita in de_ficha(c) if cita.uid.endswith("-cierre@ferias-y-redes")]
        assert [cita.avisa_antes for cita in cierre] == [timedelta(days=2) if c.situacion == "vigente" else None]


def test_la_region_y_el_componente_traen_lo_suyo(fichas: Fichas) -> None:
    todos = {ruta: {c.uid for c in citas} for ruta, _, citas in calendarios(fichas)}
    cierre = "convocatoria-2027-feria-maule-sabores-y-oficios-cierre@ferias-y-redes"
    # La feria de Maule admite a todo Chile: también interesa en Arica, aunque quede lejos.
    assert cierre in todos["regiones/07"] & todos["regiones/15"] & todos["componentes/1"] & todos["todo"]
    assert cierre not in todos["componentes/2"]
    # La rueda es de Los Ríos y admite solo a Los Lagos: su evento interesa en las dos y en ninguna otra.
    rueda = "evento-rueda-mesa-del-sur-2027@ferias-y-redes"
    assert rueda in todos["regiones/14"] & todos["regiones/10"]
    assert rueda not in todos["regiones/07"]


def test_donde_interesa_es_lo_mismo_en_los_calendarios_los_correos_y_las_listas(fichas: Fichas, portal: Path) -> None:
    publicado = Horneado(json.loads((portal.parent / "horneado.json").read_text(encoding="utf-8")))
    todos = {ruta: {c.uid for c in citas} for ruta, _, citas in calendarios(fichas)}
    vistas = 0
    for c in fichas.convocatorias:
        uids = {cita.uid for cita in de_ficha(c)}
        if not uids:
            continue
        con_ella = {r for r in fichas.region if uids <= todos[f"regiones/{r}"]}
        convocatoria = publicado.convocatoria(c.id)
        assert convocatoria is not None
        assert con_ella == (regiones_de(convocatoria) or set(fichas.region)), c.id
        assert con_ella >= set(c.regiones_lista), c.id
        vistas += 1
    assert vistas > 8


def test_cada_ficha_ofrece_su_calendario_por_suscripcion_y_por_archivo(portal: Path, paginas: dict[str, str]) -> None:
    for archivo in [
        *(portal / "calendario").glob("convocatorias/*.ics"),
        *(portal / "calendario").glob("eventos/*.ics"),
    ]:
        ruta = "/" + archivo.relative_to(portal / "calendario").with_suffix("").as_posix() + "/"
        assert f'href="webcal://ferias-y-redes.example/calendario{ruta[:-1]}.ics"' in paginas[ruta], ruta
        assert f'href="/calendario{ruta[:-1]}.ics" download' in paginas[ruta], ruta
