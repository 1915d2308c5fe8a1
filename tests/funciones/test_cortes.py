"""Una vida entera de la convocatoria, cortada en cada llamada: se reinicia, se insiste, y queda lo mismo."""

from __future__ import annotations

import mailbox
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones import barrer, notificar
from funciones.dominio.postulacion import Estado
from tests.funciones.conftest import entorno_embebido
from tests.funciones.cortes import NO_RESPONDE, Cortador, Corte, Falla
from tests.funciones.puerta import EVALUADOR, Contexto, Puerta
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

FIRMAS = ("primera", "segunda", "tercera", "cuarta")
CLAVES = {firma: f"clave-de-la-{firma}-".ljust(32, "x") for firma in FIRMAS}
NOTAS = dict(zip(FIRMAS, ("7", "6", "5", "3"), strict=True))
ENCUESTA = {
    **dict.fromkeys(("organizacion", "lugar", "oportunidad", "utilidad"), 6),
    **dict.fromkeys(("contactos_nuevos", "clientes_nuevos", "proveedores_nuevos", "reuniones", "negocios"), 0),
    "ventas_tramo": "no_vendi",
    "vinculacion": "si",
    "accion": "enviar",
}
# Se pudo guardar o no: hay que insistir. Un choque de versión se resuelve volviendo a leer.
INSISTIR = frozenset({503})
Accion = Callable[[], int]


def folio(puerta: Puerta, firma: str) -> str:
    return puerta.montaje.llavero.folio(CONVOCATORIA, CLAVES[firma], 0)


def estado(puerta: Puerta, firma: str) -> Estado:
    postulacion = puerta.montaje.almacen.postulacion(folio(puerta, firma))
    assert postulacion is not None
    return postulacion.estado


def postular(puerta: Puerta, firma: str) -> int:
    rut = rut_de_ejemplo(77_200_000 + FIRMAS.index(firma))
    return int(puerta.postular(rut, clave=CLAVES[firma], nombre=f"La {firma}")[0])


def decidir(puerta: Puerta, firma: str, destino: Estado, **campos: Any) -> int:
    """Como quien atiende la mesa: mira, y si ya quedó decidido no lo decide otra vez."""
    if estado(puerta, firma) is destino:
        return 200
    return int(puerta.decidir(folio(puerta, firma), destino, **campos)[0])


def calificar(puerta: Puerta, firma: str) -> int:
    notas = dict.fromkeys(("origen", "presentacion"), NOTAS[firma])
    razones = dict.fromkeys(notas, "Se ve en lo que lleva")
    return decidir(puerta, firma, Estado.EVALUADA, notas=notas, justificaciones=razones)


def responder(puerta: Puerta, firma: str, accion: str) -> int:
    codigo = puerta.montaje.llavero.secreto(folio(puerta, firma))
    cuerpo = {"folio": folio(puerta, firma), "codigo": codigo, "accion": accion}
    return int(puerta.json("responder", "POST", "/api/responder", cuerpo=cuerpo)[0])


def asistir(puerta: Puerta, firma: str) -> int:
    postulacion = puerta.montaje.almacen.postulacion(folio(puerta, firma))
    assert postulacion is not None
    cuerpo = {"folio": postulacion.folio, "asistio": "si", "version": postulacion.version}
    return int(puerta.json("asistir", "POST", "/api/mesa/asistencia", funcionario=EVALUADOR, cuerpo=cuerpo)[0])


def encuestar(puerta: Puerta, firma: str) -> int:
    codigo = puerta.montaje.llavero.codigo_encuesta(folio(puerta, firma))
    cuerpo = {"folio": folio(puerta, firma), "codigo": codigo} | ENCUESTA
    return int(puerta.json("encuestar", "POST", "/api/encuestar", cuerpo=cuerpo)[0])


def repartir(puerta: Puerta) -> int:
    """Lo que hace el lazo de avisos: los pendientes, de a uno; el que falla vuelve después."""
    for aviso in puerta.montaje.almacen.avisos_pendientes(100):
        notificar.enviar(aviso.id)
    return 200


def barrido() -> int:
    barrer.handler({}, Contexto())
    return 200


def guion(puerta: Puerta) -> Iterator[Accion]:
    """De la postulación a la encuesta, con un cupo que se deja y pasa a quien sigue."""
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    for firma in FIRMAS:
        yield lambda firma=firma: postular(puerta, firma)
        yield lambda firma=firma: puerta.confirmar(folio(puerta, firma))[0]
    yield lambda: repartir(puerta)
    puerta.poner_la_hora(convocatoria.cierre + timedelta(hours=1))
    for firma in FIRMAS:
        yield lambda firma=firma: decidir(puerta, firma, Estado.ADMISIBLE)
        yield lambda firma=firma: calificar(puerta, firma)
    yield lambda: puerta.seleccionar("ejecutar")[0]
    yield lambda: responder(puerta, "segunda", "declinar")
    yield lambda: responder(puerta, "tercera", "aceptar")
    yield lambda: repartir(puerta)
    puerta.pasar(timedelta(days=12))
    for firma in ("primera", "tercera"):
        yield lambda firma=firma: asistir(puerta, firma)
        yield lambda firma=firma: encuestar(puerta, firma)
    yield lambda: repartir(puerta)
    yield barrido


def vivir(puerta: Puerta, cortador: Cortador) -> None:
    """Todo el guion; ante un corte, un proceso nuevo y la persona que insiste. Al final pasan los barrenderos."""
    cortador.instalar()
    for accion in guion(puerta):
        insistir(accion, cortador)
    # Lo que quedó a medias espera a que venza su arriendo.
    puerta.pasar(timedelta(minutes=10))
    insistir(barrido, cortador)
    insistir(lambda: repartir(puerta), cortador)
    cortador.terminar()


def insistir(accion: Accion, cortador: Cortador) -> None:
    for _ in range(4):
        try:
            codigo = accion()
        except Corte:
            cortador.instalar()
            continue
        except (*NO_RESPONDE.values(), barrer.BarridoIncompleto):
            # Como la cola y el reloj: lo que falla se hace otra vez.
            continue
        if codigo not in INSISTIR:
            assert codigo == 200, codigo
            return
    pytest.fail("nunca salió")


def correos(puerta: Puerta) -> Counter[str]:
    buzon = mailbox.Maildir(Path(puerta.entorno["ESTADO_LOCAL"]) / "correo")
    return Counter(str(mensaje["Message-ID"]) for mensaje in buzon)


def resumen(puerta: Puerta) -> dict[str, Any]:
    """Todo lo que importa de cómo quedó, sin horas."""
    almacen = puerta.montaje.almacen
    historias = {firma: almacen.transiciones(folio(puerta, firma)) for firma in FIRMAS}
    cupo = almacen.cupo(CONVOCATORIA, 2, 1)
    return {
        "estados": {firma: [str(t.a) for t in historia] for firma, historia in historias.items()},
        "en_la_fila": sorted(p.folio for p in almacen.cola(CONVOCATORIA)),
        "cupo": (cupo.asignados, cupo.espera),
        "puntajes": {firma: historia[-1].puntaje for firma, historia in historias.items()},
        "adjuntos": {p.folio: sorted(a.llave for a in p.adjuntos) for p in almacen.cola(CONVOCATORIA)},
        "avisos_pendientes": len(almacen.avisos_pendientes(100)),
        "encuestas": len(list(almacen.respuestas(2026))),
    }


def vida(carpeta: Path, horneado: Path, cortador: Cortador) -> tuple[dict[str, Any], Counter[str]]:
    """Cómo quedó todo y qué correos salieron."""
    with entorno_embebido(carpeta, horneado) as puerta:
        # La misma clave maestra: los mismos folios.
        claves = carpeta / "estado" / "claves"
        claves.mkdir(parents=True)
        (claves / "maestra").write_text(bytes(range(32)).hex(), encoding="ascii")
        vivir(puerta, cortador)
        return resumen(puerta), correos(puerta)


def comprobar(carpeta: Path, horneado: Path, falla: Falla, cada: int) -> None:
    """Corta en una de cada `cada` llamadas y compara con la vida sin cortes."""
    entera = Cortador()
    esperado, correos_esperados = vida(carpeta / "entera", horneado, entera)
    assert esperado["avisos_pendientes"] == 0
    assert esperado["encuestas"] == 2
    for en in range(1 + len(falla.name) % cada, entera.llamadas + 1, cada):
        donde = f"{falla.name} en la llamada {en} de {entera.llamadas}"
        quedo, salieron = vida(carpeta / f"corte-{en}", horneado, Cortador(falla, en))
        assert quedo == esperado, donde
        assert salieron.keys() == correos_esperados.keys(), donde
        assert sum((salieron - correos_esperados).values()) <= 1, f"correos repetidos: {donde}"


@pytest.mark.lento
@pytest.mark.parametrize("falla", Falla)
def test_cortada_en_una_llamada_cualquiera_despues_queda_lo_mismo_y_no_se_pierde_un_correo(
    tmp_path: Path, horneado: Path, falla: Falla
) -> None:
    comprobar(tmp_path, horneado, falla, cada=73)


@pytest.mark.largo
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("falla", Falla)
def test_cortada_en_todas_las_llamadas_una_por_una_queda_lo_mismo(tmp_path: Path, horneado: Path, falla: Falla) -> None:
    comprobar(tmp_path, horneado, falla, cada=1)
