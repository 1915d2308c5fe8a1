"""A cada quien se le cuenta una vez lo que pidió, aunque el reparto se corte, se repita o corra dos veces a la vez."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import difundir
from funciones.adaptadores.llavero import Llavero
from funciones.dominio.suscripcion import (
    ARRIENDO,
    ENTRE_RESUMENES,
    PLAZO_DE_QUIEN_RECIBE,
    Preferencias,
    Suscripcion,
    pedir,
    preferir,
)
from tests.funciones.conftest import entorno_embebido
from tests.funciones.cortes import Cortador, Corte, Falla
from tests.funciones.puerta import Contexto, Puerta
from tests.funciones.test_suscribir import buzon, codigo_de, decidir, gastar_la_hora, texto
from tests.funciones.test_suscribir import pedir as pedir_avisos
from tests.mundo import a_la_vez

MAULE, NUBLE, VALPARAISO = "07", "16", "05"
FERIA = "2027-feria-maule-sabores-y-oficios"
NUEVA = {"id": "2027-feria-nueva", "nombre": "Feria «Recién salida» & cía.", "enmiendas": []}
Cambiar = Callable[[dict[str, Any]], None]


def publicar(puerta: Puerta, **cambios: Any) -> None:
    """Publica otra convocatoria, igual a la feria del Maule salvo en lo que se diga."""
    nueva = NUEVA | cambios

    def agregar(convocatorias: dict[str, Any]) -> None:
        solo_el_maule = {"publicacion": "2026-11-23", "regiones_admitidas": [MAULE]}
        convocatorias[nueva["id"]] = convocatorias[FERIA] | solo_el_maule | nueva

    _volver_a_hornear(puerta, agregar)


def enmendar(puerta: Puerta, campo: str, antes: str, despues: str, **cambios: Any) -> None:
    """Enmienda hoy la feria del Maule, que aquí es solo para esa región."""

    def cambiar(convocatorias: dict[str, Any]) -> None:
        feria = convocatorias[FERIA]
        feria["regiones_admitidas"] = [MAULE]
        numero = len(feria["enmiendas"]) + 1
        hecha = {"numero": numero, "fecha": "2026-11-23", "motivo": "Así lo pidieron.", "alcance": "mayor"} | cambios
        feria["enmiendas"].append(hecha | {"campo": campo, "antes": antes, "despues": despues})
        if campo == "situacion":
            feria["situacion"] = despues

    _volver_a_hornear(puerta, cambiar)


def _volver_a_hornear(puerta: Puerta, cambiar: Cambiar) -> None:
    crudo = json.loads(Path(puerta.entorno["HORNEADO"]).read_text(encoding="utf-8"))
    cambiar(crudo["convocatorias"])
    copia = Path(puerta.entorno["ESTADO_LOCAL"]) / f"horneado-{len(crudo['convocatorias'])}-{id(cambiar)}.json"
    copia.parent.mkdir(exist_ok=True)
    copia.write_text(json.dumps(crudo), encoding="utf-8")
    puerta.entorno["HORNEADO"] = str(copia)


def inscribir(puerta: Puerta, numero: int = 0, *regiones: str, componentes: tuple[int, ...] = ()) -> str:
    """Alguien que ya confirmó y sabe de todo lo publicado hasta ahora; su dirección."""
    correo, montado = f"quien-{numero}@correo.example", puerta.montaje
    nueva = Suscripcion(montado.llavero.id_suscripcion(correo), correo, 1, "clave")
    quiere = Preferencias(frozenset(regiones), frozenset(componentes))
    pedida = pedir(None, nueva, quiere, montado.ahora())
    assert pedida is not None
    montado.almacen.guardar_suscripcion(pedida)
    montado.almacen.guardar_suscripcion(preferir(pedida, quiere, montado.horneado.publicadas(), montado.ahora()))
    return correo


def resumenes(puerta: Puerta) -> list[tuple[str, str]]:
    """A quién y con qué asunto."""
    return [(str(c["To"]), str(c["Subject"])) for c in buzon(puerta)]


# Qué se cuenta


def test_una_convocatoria_nueva_se_avisa_una_vez_con_su_baja_de_un_toque(puerta: Puerta) -> None:
    quien = inscribir(puerta, 1, MAULE)
    assert difundir.difundir()["resumenes"] == 0
    publicar(puerta)
    assert [difundir.difundir()["resumenes"] for _ in range(3)] == [1, 0, 0]
    (correo,) = buzon(puerta)
    assert (correo["To"], correo["Subject"]) == (quien, "Nueva: Feria «Recién salida» & cía.")
    assert correo["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/api/suscripcion\?codigo=[a-z2-7]{56}>", correo["List-Unsubscribe"])
    dicho = texto(correo)
    for algo in (
        "DEMOSTRACIÓN",
        "Feria, Maule.",
        "Postula hasta el lunes 7 de diciembre de 2026 a las 15:00.",
        "http://localhost:8000/convocatorias/2027-feria-nueva/",
        "Pediste avisos de: Ferias, eventos y catálogos. Encuentros y ruedas de negocios. De: Maule.",
    ):
        assert algo in dicho
    # El enlace del pie y el de la cabecera son el mismo, y de verdad la da de baja.
    assert codigo_de(correo) in correo["List-Unsubscribe"]
    assert decidir(puerta, codigo_de(correo), "baja")[0] == 200
    assert list(puerta.montaje.almacen.suscripciones()) == []


def test_a_cada_quien_lo_de_sus_regiones_y_su_componente(puerta: Puerta) -> None:
    todo, maule, _ = inscribir(puerta, 1), inscribir(puerta, 2, MAULE, VALPARAISO), inscribir(puerta, 3, NUBLE)
    inscribir(puerta, 4, MAULE, componentes=(2,))
    del_norte = inscribir(puerta, 5, "15", componentes=(1,))
    publicar(puerta)
    publicar(puerta, id="2027-catalogo", nombre="Catálogo", modalidad="virtual", regiones_admitidas=["15", MAULE])
    difundir.difundir()
    una, dos = "Nueva: Catálogo", "2 convocatorias nuevas"
    assert dict(resumenes(puerta)) == {todo: dos, maule: dos, del_norte: una}


def test_la_que_admite_a_todo_el_pais_le_llega_a_quien_eligio_cualquier_region(puerta: Puerta) -> None:
    maule, nuble = inscribir(puerta, 1, MAULE), inscribir(puerta, 2, NUBLE)
    publicar(puerta, regiones_admitidas=[])
    difundir.difundir()
    assert {quien for quien, _ in resumenes(puerta)} == {maule, nuble}


@pytest.mark.parametrize(
    ("campo", "antes", "despues", "dicho"),
    [
        (
            "cierre",
            "2026-12-07T15:00",
            "2026-12-10T15:00",
            "Cierra en otra fecha.\n  Antes: lunes 7 de diciembre de 2026 a las 15:00.\n"
            "  Ahora: jueves 10 de diciembre de 2026 a las 15:00.\n  Por qué: Así lo pidieron.\n",
        ),
        ("comuna", "07101", "07301", "Se hace en otra comuna.\n  Antes: Talca.\n  Ahora: Curicó."),
        ("resultados", "2026-12-21", "2026-12-22", "Antes: lunes 21 de diciembre de 2026."),
        ("permite_repetir", "", "si", "Cambió: permite repetir.\n  Antes: nada.\n  Ahora: si."),
        ("situacion", "vigente", "cancelada", "Se canceló.\n  Por qué: Así lo pidieron.\n"),
        ("bases", "x", "y", "Cambiaron sus bases.\n  Por qué: Así lo pidieron.\n"),
    ],
)
def test_un_cambio_importante_dice_que_cambio_y_por_que(
    puerta: Puerta, campo: str, antes: str, despues: str, dicho: str
) -> None:
    inscribir(puerta, 1, MAULE)
    inscribir(puerta, 2, NUBLE)
    enmendar(puerta, campo, antes, despues)
    assert [difundir.difundir()["resumenes"] for _ in range(2)] == [1, 0]
    (correo,) = buzon(puerta)
    assert correo["Subject"] == "Cambió: Feria de verano «Sabores y oficios»"
    assert dicho in texto(correo)
    # De la que se canceló no se repite el día: ya no vale.
    assert ("La actividad: " in texto(correo)) is (campo != "situacion")


def test_un_cambio_menor_o_que_aun_no_rige_no_se_avisa(puerta: Puerta) -> None:
    inscribir(puerta, 1, MAULE)
    enmendar(puerta, "espera_maxima", "20", "21", alcance="menor")
    enmendar(puerta, "cierre", "2026-12-07T15:00", "2026-12-10T15:00", fecha="2026-11-30")
    assert difundir.difundir()["resumenes"] == 0
    puerta.pasar(timedelta(days=7))
    assert difundir.difundir()["resumenes"] == 1


def test_lo_que_sale_mientras_descansa_va_junto_en_el_correo_del_dia_siguiente(puerta: Puerta) -> None:
    quien = inscribir(puerta, 1)
    publicar(puerta)
    difundir.difundir()
    publicar(puerta, id="2027-otra", nombre="Otra")
    publicar(puerta, id="2027-tercera", nombre="Tercera")
    enmendar(puerta, "cupos", "40", "60")
    puerta.pasar(ENTRE_RESUMENES - timedelta(minutes=1))
    assert difundir.difundir()["resumenes"] == 0
    puerta.pasar(timedelta(minutes=1))
    assert [difundir.difundir()["resumenes"] for _ in range(2)] == [1, 0]
    assert resumenes(puerta)[1:] == [(quien, "2 convocatorias nuevas y una con cambios")]


def test_quien_no_confirmo_no_recibe_nada(puerta: Puerta) -> None:
    nueva = Suscripcion(puerta.montaje.llavero.id_suscripcion("x@correo.example"), "x@correo.example", 1, "clave")
    pedida = pedir(None, nueva, Preferencias(), puerta.montaje.ahora())
    assert pedida is not None
    puerta.montaje.almacen.guardar_suscripcion(pedida)
    publicar(puerta)
    difundir.difundir()
    assert buzon(puerta) == []


# Una sola vez


def test_dos_repartos_a_la_vez_no_escriben_dos_veces_a_nadie(puerta: Puerta) -> None:
    quienes = [inscribir(puerta, n) for n in range(8)]
    publicar(puerta)
    hechos = a_la_vez(lambda _: difundir.difundir()["resumenes"], range(4), 4)
    assert sum(hechos) == len(quienes)  # type: ignore[arg-type]
    assert Counter(quien for quien, _ in resumenes(puerta)) == dict.fromkeys(quienes, 1)


@contextmanager
def _con_dos(carpeta: Path, horneado: Path, nuevo: Path) -> Iterator[tuple[Puerta, list[str]]]:
    with entorno_embebido(carpeta, horneado) as puerta:
        quienes = [inscribir(puerta, n) for n in range(2)]
        puerta.entorno["HORNEADO"] = str(nuevo)
        yield puerta, quienes


def test_cortado_en_cualquier_llamada_se_retoma_y_a_todos_les_llega(tmp_path: Path, horneado: Path) -> None:
    with entorno_embebido(tmp_path, horneado) as puerta:
        publicar(puerta)
        nuevo = Path(puerta.entorno["HORNEADO"])
    with _con_dos(tmp_path / "entero", horneado, nuevo) as (_, quienes):
        entero = Cortador()
        entero.instalar()
        difundir.difundir()
    assert entero.llamadas > 3 * len(quienes)
    # Morir antes de una llamada es morir después de la anterior.
    for falla in (Falla.MUERE_DESPUES, Falla.SE_PIERDE_LA_RESPUESTA):
        for en in range(1, entero.llamadas + 1):
            with _con_dos(tmp_path / f"{falla.name}-{en}", horneado, nuevo) as (puerta, quienes):
                _cortar(falla, en)
                puerta.pasar(ARRIENDO)
                difundir.difundir()
                assert difundir.difundir()["resumenes"] == 0
                llegaron = Counter(quien for quien, _ in resumenes(puerta))
                assert set(llegaron) == set(quienes), f"{falla} en {en}"
                # A lo más uno repetido, y se reconoce: es el mismo mensaje.
                assert sum(llegaron.values()) <= len(quienes) + 1, f"{falla} en {en}"
                assert len({c["Message-ID"] for c in buzon(puerta)}) == len(quienes)


def _cortar(falla: Falla, en: int) -> None:
    cortador = Cortador(falla, en)
    cortador.instalar()
    with suppress(Corte, difundir.DifusionIncompleta, Exception):
        difundir.difundir()
    cortador.terminar()


def test_quien_se_va_mientras_le_escriben_no_vuelve_a_la_lista(puerta: Puerta) -> None:
    inscribir(puerta, 1)
    publicar(puerta)
    (tomada,) = puerta.montaje.almacen.suscripciones()
    puerta.montaje.almacen.borrar_suscripcion(tomada.id)
    difundir._dar_por_contado(tomada, frozenset({"x"}), (), puerta.montaje.ahora())
    assert list(puerta.montaje.almacen.suscripciones()) == []
    assert not difundir._tomar(tomada)


def test_quien_se_fue_y_volvio_mientras_pasaba_el_reparto_queda_como_pidio_al_volver(puerta: Puerta) -> None:
    correo = inscribir(puerta, 1, MAULE)
    publicar(puerta)
    (vieja,) = puerta.montaje.almacen.suscripciones()
    puerta.montaje.almacen.borrar_suscripcion(vieja.id)
    # Misma dirección y misma versión, pero solo pidió: nadie ha confirmado.
    assert pedir_avisos(puerta, correo, regiones=[NUBLE])[0] == 200
    (pedida,) = puerta.montaje.almacen.suscripciones()
    assert (pedida.version, pedida.activa) == (vieja.version, False)
    escritos = len(buzon(puerta))
    publicadas = puerta.montaje.horneado.publicadas()
    assert difundir._resumir(vieja, publicadas, (), puerta.montaje.ahora()) == 0
    difundir._dar_por_contado(vieja, frozenset({"x"}), publicadas, puerta.montaje.ahora())
    assert (list(puerta.montaje.almacen.suscripciones()), len(buzon(puerta))) == ([pedida], escritos)


def test_pedir_avisos_con_la_direccion_de_otra_persona_no_la_deja_sin_los_suyos(puerta: Puerta) -> None:
    quien = inscribir(puerta, 1, MAULE)
    publicar(puerta)
    gastar_la_hora(puerta)
    pedir_avisos(puerta, quien, regiones=[NUBLE])
    puerta.pasar(PLAZO_DE_QUIEN_RECIBE)
    hecho = difundir.difundir()
    assert (hecho["confirmaciones"], hecho["resumenes"]) == (0, 1)
    assert resumenes(puerta) == [(quien, "Nueva: Feria «Recién salida» & cía.")]


# Cuando algo falla


def test_quien_no_se_puede_leer_se_cuenta_como_falla_y_a_los_demas_les_llega(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch
) -> None:
    quienes = [inscribir(puerta, n) for n in range(3)]
    with monkeypatch.context() as con_otra_clave:
        otra = Llavero(b"otra clave maestra de prueba....")
        con_otra_clave.setattr(puerta.montaje.almacen, "_llavero", otra)
        for n in range(difundir.FALLAS_SEGUIDAS + 1):
            danada = Suscripcion(f"0{n}", f"danada-{n}@correo.example", 1, "clave", Preferencias())
            puerta.montaje.almacen.guardar_suscripcion(danada)
    publicar(puerta)
    hecho = difundir.difundir()
    assert (hecho["resumenes"], hecho["fallas"]) == (len(quienes), difundir.FALLAS_SEGUIDAS + 1)


def test_con_el_correo_caido_se_dice_y_la_proxima_pasada_insiste(puerta: Puerta) -> None:
    quienes = [inscribir(puerta, n) for n in range(8)]
    publicar(puerta)
    carpeta = Path(puerta.entorno["ESTADO_LOCAL"]) / "correo"
    carpeta.write_text("aquí no se puede guardar")
    with pytest.raises(difundir.DifusionIncompleta, match=f"^{difundir.FALLAS_SEGUIDAS} sin escribir$"):
        difundir.handler({}, Contexto())
    carpeta.unlink()
    puerta.pasar(ARRIENDO)
    assert difundir.handler({}, Contexto())["resumenes"] == len(quienes)


def test_a_una_direccion_imposible_no_se_le_insiste_y_se_olvida(puerta: Puerta) -> None:
    inscribir(puerta, 1)
    (buena,) = puerta.montaje.almacen.suscripciones()
    mala = Suscripcion("mala", "mipe@@correo", 1, "clave", Preferencias())
    puerta.montaje.almacen.guardar_suscripcion(mala)
    publicar(puerta)
    assert difundir.handler({}, Contexto())["resumenes"] == 1
    assert [s.id for s in puerta.montaje.almacen.suscripciones()] == [buena.id]
