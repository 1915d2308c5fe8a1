"""La página de estado y los correos dicen lo que pasó, lo que viene y por qué, con los números de la convocatoria."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.redaccion import redactar
from funciones.dominio.plazo import CHILE
from funciones.dominio.postulacion import Estado
from funciones.tramite import vista
from tests.correo.contexto import PLANTILLAS
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.funciones.test_paginas import _cuadro, elegidas, pagina_de_estado, por_que
from tests.recorridos.mundo import CONVOCATORIA, rut_de_ejemplo

RUT = rut_de_ejemplo(77_100_020)
TALCA = {"reserva": "de-talca", "titulo": "Negocios de Talca", "cupos": 1, "grupo": "comuna", "valor": "07101"}
# 60 millones de pesos son 1.510,27 UF de diciembre de 2025.
VENTAS = "60.000.000"

Publicar = Callable[..., Puerta]


@pytest.fixture
def publicada(tmp_path: Path, horneado: Path) -> Iterator[Publicar]:
    """La convocatoria del recorrido, publicada con otros números."""
    with ExitStack() as abiertos:

        def publicar(**cambios: Any) -> Puerta:
            crudo = json.loads(horneado.read_text(encoding="utf-8"))
            crudo["convocatorias"][CONVOCATORIA] |= cambios
            (tmp_path / "datos").symlink_to(horneado.parent / "datos")
            destino = tmp_path / "horneado.json"
            destino.write_text(json.dumps(crudo), encoding="utf-8")
            return abiertos.enter_context(entorno_embebido(tmp_path, destino))

        yield publicar


def correo(puerta: Puerta, folio: str) -> str:
    """El texto del correo de su estado de ahora."""
    postulacion = puerta.montaje.almacen.postulacion(folio)
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert postulacion is not None
    assert convocatoria is not None
    transiciones = puerta.montaje.almacen.transiciones(folio)
    contexto = vista.de_correo(postulacion, convocatoria, transiciones, puerta.montaje)
    return redactar(postulacion.estado, contexto, PLANTILLAS)[1]


def la_ruta(pagina: str) -> str:
    """Los pasos de la ruta, sin etiquetas."""
    return _cuadro(pagina.replace("</ol>", "</div>", 1), "La ruta")


# Por qué no


@pytest.mark.parametrize(
    ("ventas", "clausula"),
    [
        (VENTAS, "Bases de la convocatoria: ventas netas anuales"),
        ("120.000.000", "Requisitos del programa: ventas netas anuales"),
        # Declaró que cumple y sus papeles dicen otra cosa: no se sabe cuál de los dos topes pasó.
        ("24.500.000", "Requisitos del programa y bases de la convocatoria: ventas netas anuales"),
    ],
)
def test_la_negativa_cita_a_quien_puso_el_tope(publicada: Publicar, ventas: str, clausula: str) -> None:
    puerta = publicada(ventas_maximas_uf="1200")
    folio, codigo = puerta.recibida(RUT, ventas=ventas)
    assert puerta.decidir(folio, "no_admisible", hallazgos={"ventas": "no_cumple"})[0] == 200
    assert f"({clausula}.)" in por_que(pagina_de_estado(puerta, folio, codigo))
    assert f"({clausula})" in correo(puerta, folio)


def test_con_varias_reglas_cada_una_dice_lo_declarado_y_la_razon_va_una_vez_al_final(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT, ventas="120.000.000", deudas="si")
    marcas = {"ventas": "no_cumple", "deudas": "no_cumple", "rendiciones": "no_cumple"}
    puerta.decidir(folio, "no_admisible", motivo="Vimos la carpeta y el F30.", hallazgos=marcas)
    texto = por_que(pagina_de_estado(puerta, folio, codigo))
    assert texto.count("No cumple: ") == 3
    assert "Declaraste: 3.020,54 UF." in texto
    assert "Declaraste: sí." in texto
    # Lo que se declaró bien no explica la negativa.
    assert texto.count("Declaraste: ") == 2
    assert texto.count("Vimos la carpeta y el F30.") == 1
    assert texto.index("Vimos la carpeta") > texto.rindex("Cómo se corrige: ")


# La selección


def test_el_motivo_con_que_se_corrio_la_seleccion_no_le_llega_a_nadie(puerta: Puerta) -> None:
    pares = elegidas(puerta, ("7", "6,5", "6", "5", "3"))
    estados = [puerta.montaje.almacen.postulacion(folio).estado for folio, _ in pares]
    assert set(estados) == {Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA, Estado.NO_SELECCIONADA}
    for folio, codigo in pares:
        assert "Nota interna del lote" not in correo(puerta, folio)
        assert "Nota interna del lote" not in pagina_de_estado(puerta, folio, codigo)


def test_quien_espera_ve_su_lugar_cuantas_son_y_las_reglas_de_la_lista(puerta: Puerta) -> None:
    *_, ultima = elegidas(puerta, ("7", "6,5", "6"))
    cuadro = _cuadro(pagina_de_estado(puerta, *ultima), "Tu lugar en la lista: 1 de 1")
    assert "Tienes 48 horas para aceptarlo" in cuadro
    assert "Se ofrecen cupos hasta que empieza la actividad, el jueves 3 de diciembre de 2026" in cuadro
    assert "al tiro" not in cuadro
    assert "asegurados" not in cuadro
    assert "En la lista hay 1 postulación, contando la tuya." in correo(puerta, ultima[0])


def test_el_dia_de_la_actividad_no_se_promete_otro_correo_sino_que_se_dice_como_entrar(puerta: Puerta) -> None:
    *_, ultima = elegidas(puerta, ("7", "6,5", "6"))
    puerta.poner_la_hora(datetime(2026, 12, 3, 10, 0, tzinfo=CHILE))
    vista = pagina_de_estado(puerta, *ultima)
    assert "te escribimos" not in _cuadro(vista, "Tu lugar en la lista: 1 de 1")
    assert "Ya no se ofrecen cupos por correo" in vista
    assert "la oficina da su puesto ahí mismo" in vista
    puerta.pasar(timedelta(days=30))
    assert "La actividad empezó el jueves 3 de diciembre" in pagina_de_estado(puerta, *ultima)


def test_quien_confirmo_y_ya_no_puede_ir_encuentra_como_dejar_su_cupo(puerta: Puerta) -> None:
    (folio, codigo), *_ = elegidas(puerta, ("7", "6,5", "6"))
    assert "No puedo ir" not in pagina_de_estado(puerta, folio, codigo)
    cuerpo = {"folio": folio, "codigo": codigo, "accion": "aceptar"}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=cuerpo)[0] == 200
    vista = pagina_de_estado(puerta, folio, codigo)
    assert "No puedo ir: dejar mi cupo" in vista
    assert "Tu cupo pasa a quien sigue." in vista


def test_si_hay_cupos_asegurados_quien_espera_sabe_que_otra_puede_pasar_antes(publicada: Publicar) -> None:
    puerta = publicada(reservas=[TALCA])
    pares = elegidas(puerta, ("7", "6,5", "6"))
    espera = next(p for p in pares if puerta.montaje.almacen.postulacion(p[0]).estado is Estado.LISTA_DE_ESPERA)
    cuadro = _cuadro(pagina_de_estado(puerta, *espera), "Tu lugar en la lista: 1 de 1")
    assert "pasa primero a su grupo, aunque alguien vaya antes" in cuadro
    assert "pasa primero a su grupo, aunque alguien vaya antes" in correo(puerta, espera[0])


def test_quien_fue_seleccionada_ve_hasta_cuando_confirma_y_que_pasa_si_no(puerta: Puerta) -> None:
    primera, *_ = elegidas(puerta, ("7", "6"))
    cuadro = _cuadro(pagina_de_estado(puerta, *primera), "Tienes un cupo")
    assert "puedes confirmar hasta que empiece la actividad, el jueves 3 de diciembre de 2026" in cuadro
    assert "Si no confirmas, el cupo sigue siendo tuyo" in cuadro


# El día del resultado


@pytest.mark.parametrize(("resultados", "se_promete"), [("2026-11-30", False), ("2026-12-01", True)])
def test_no_se_promete_un_resultado_para_antes_del_plazo_de_corregir(
    publicada: Publicar, resultados: str, se_promete: bool
) -> None:
    puerta = publicada(resultados=resultados)
    folio, _ = puerta.recibida(RUT)
    assert puerta.decidir(folio, "en_correccion", motivo="Falta el F30.")[0] == 200
    texto = correo(puerta, folio)
    assert "Tienes hasta el lunes 30 de noviembre de 2026" in texto
    assert ("Sabrás el resultado" in texto) is se_promete


# La ruta


def test_la_ruta_de_quien_termino_no_promete_los_pasos_que_ya_no_vienen(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    assert "Participas" in la_ruta(pagina_de_estado(puerta, folio, codigo))
    puerta.decidir(folio, "no_admisible", hallazgos={"ventas": "no_cumple"})
    pagina = pagina_de_estado(puerta, folio, codigo)
    assert la_ruta(pagina).endswith("Revisamos tus requisitos El lunes 23 de noviembre de 2026.")
    assert "llegó hasta el paso 3 de 7" in pagina
    assert pagina.count('class="cuerpo"') == 3


def test_los_pasos_hechos_llevan_la_fecha_en_que_se_hicieron(puerta: Puerta) -> None:
    primera, *_ = elegidas(puerta, ("7", "6"))
    texto = la_ruta(pagina_de_estado(puerta, *primera))
    # Postuló el 23; se revisó, se calificó y se eligió el 24, y no el 28 que anunciaba la convocatoria.
    assert "Postulaste El lunes 23 de noviembre de 2026." in texto
    for titulo in ("Revisamos tus requisitos", "Ponemos nota", "Te avisamos"):
        assert f"{titulo} El martes 24 de noviembre de 2026." in texto
    assert "Participas El 3 y 4 de diciembre de 2026." in texto


def test_quien_vuelve_a_la_fila_tiene_la_revision_por_hacer(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    puerta.decidir(folio, "en_correccion", motivo="Falta el F30.")
    assert "Revisamos tus requisitos Lo hace una persona" in la_ruta(pagina_de_estado(puerta, folio, codigo))


def test_sin_pauta_la_ruta_no_tiene_el_paso_de_la_nota(publicada: Publicar) -> None:
    puerta = publicada(modo_seleccion="llegada", nota_minima=None, criterios=[])
    folio, codigo = puerta.recibida(RUT)
    pagina = pagina_de_estado(puerta, folio, codigo)
    assert "Ponemos nota" not in pagina
    assert "va en el paso 3 de 6" in pagina
    assert puerta.decidir(folio, "admisible")[0] == 200
    # Ya cumple: lo que viene es el aviso.
    assert "va en el paso 4 de 6" in pagina_de_estado(puerta, folio, codigo)


def test_quien_se_retira_llega_hasta_donde_estaba(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(RUT)
    retiro = {"folio": folio, "codigo": codigo, "accion": "retirar"}
    assert puerta.llamar("responder", "POST", "/api/responder", cuerpo=retiro)["statusCode"] == 200
    pagina = pagina_de_estado(puerta, folio, codigo)
    assert "llegó hasta el paso 3 de 7" in pagina
    assert la_ruta(pagina).endswith("Revisamos tus requisitos")


def test_quien_sigue_ve_los_pasos_que_vienen(puerta: Puerta) -> None:
    primera, *_ = elegidas(puerta, ("7", "6"))
    texto = la_ruta(pagina_de_estado(puerta, *primera))
    assert texto.endswith("Cuentas cómo te fue Encuesta hasta el domingo 13 de diciembre de 2026.")
