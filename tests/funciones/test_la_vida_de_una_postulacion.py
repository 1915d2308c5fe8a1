"""Confirmar, decidir, elegir, responder, ofrecer, vencer y encuestar, puerta por puerta."""

from __future__ import annotations

import json
import mailbox
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from funciones.adaptadores.almacen import Cambio
from funciones.dominio.convocatoria import Convocatoria
from funciones.dominio.plazo import inicio_del_dia
from funciones.dominio.postulacion import Actor, Estado, Papel, transitar
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Contexto, Puerta
from tests.recorridos.mundo import CHILE, CONVOCATORIA, PDF, rut_de_ejemplo


def rut(numero: int) -> str:
    return rut_de_ejemplo(77_100_000 + numero)


def convocatoria(puerta: Puerta) -> Convocatoria:
    publicada = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert publicada is not None
    return publicada


def estado(puerta: Puerta, folio: str) -> Estado:
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    return postulacion.estado


def en_tres_listas(puerta: Puerta) -> list[tuple[str, str]]:
    """Cuatro postulaciones ya elegidas: dos con cupo, una en espera, una bajo la nota mínima."""
    pares = [puerta.recibida(rut(i), nombre=f"Empresa {i}") for i in range(4)]
    puerta.poner_la_hora(convocatoria(puerta).cierre + timedelta(hours=1))
    for (folio, _), nota in zip(pares, ("7", "6,5", "5", "3"), strict=True):
        assert puerta.decidir(folio, "admisible")[0] == 200
        assert puerta.decidir(folio, "evaluada", notas={"origen": nota, "presentacion": nota})[0] == 200
    codigo, cuerpo = puerta.seleccionar("ejecutar")
    assert codigo == 200, cuerpo
    return pares


def responder(puerta: Puerta, par: tuple[str, str], accion: str) -> tuple[int, dict[str, object]]:
    cuerpo = {"folio": par[0], "codigo": par[1], "accion": accion}
    return puerta.json("responder", "POST", "/api/responder", cuerpo=cuerpo)


def test_las_tres_listas_quedan_y_repetir_no_cambia_nada(puerta: Puerta) -> None:
    pares = en_tres_listas(puerta)
    esperados = [Estado.SELECCIONADA, Estado.SELECCIONADA, Estado.LISTA_DE_ESPERA, Estado.NO_SELECCIONADA]
    assert [estado(puerta, folio) for folio, _ in pares] == esperados
    versiones = [puerta.montaje.almacen.postulacion(folio).version for folio, _ in pares]
    _, otra_vez = puerta.seleccionar("ejecutar")
    assert (otra_vez["seleccionadas"], otra_vez["espera"], otra_vez["no_seleccionadas"]) == ([], [], [])
    assert [puerta.montaje.almacen.postulacion(folio).version for folio, _ in pares] == versiones


def test_con_puntaje_no_se_elige_antes_del_cierre_ni_con_postulaciones_sin_revisar(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    codigo, cuerpo = puerta.seleccionar("simular")
    assert (codigo, cuerpo["error"]) == (409, "aun_abierta")
    puerta.poner_la_hora(convocatoria(puerta).cierre + timedelta(minutes=32))
    codigo, cuerpo = puerta.seleccionar("simular")
    assert (codigo, cuerpo["error"], len(cuerpo["folios"])) == (409, "falta_revisar", 1)
    assert [uno["falta"] for uno in cuerpo["faltan"]] == ["falta revisar sus requisitos"]
    assert puerta.decidir(folio, "admisible")[0] == 200
    assert [uno["falta"] for uno in puerta.seleccionar("simular")[1]["faltan"]] == ["le falta 1 nota"]


def test_quien_deja_su_cupo_se_lo_da_a_la_siguiente_en_el_mismo_instante(puerta: Puerta) -> None:
    primera, _, tercera, _ = en_tres_listas(puerta)
    assert responder(puerta, primera, "declinar")[0] == 200
    assert estado(puerta, primera[0]) is Estado.DECLINADA
    assert estado(puerta, tercera[0]) is Estado.OFRECIDA
    cupo = puerta.montaje.almacen.cupo(CONVOCATORIA, 2, 1)
    assert (cupo.asignados, cupo.espera) == (2, 0)
    assert responder(puerta, primera, "declinar")[0] == 200
    assert puerta.montaje.almacen.cupo(CONVOCATORIA, 2, 1) == cupo


def test_una_oferta_vence_por_su_hora_aunque_nadie_barra_y_al_barrer_se_libera(puerta: Puerta) -> None:
    primera, _, tercera, _ = en_tres_listas(puerta)
    responder(puerta, primera, "declinar")
    puerta.pasar(timedelta(hours=48, seconds=5))
    codigo, cuerpo = responder(puerta, tercera, "aceptar")
    assert (codigo, cuerpo["error"]) == (409, "oferta_vencida")
    from funciones import barrer

    assert barrer.handler({"detail-type": "Scheduled Event"}, Contexto())["ofertas_vencidas"] == 1
    assert estado(puerta, tercera[0]) is Estado.OFERTA_VENCIDA
    assert puerta.montaje.almacen.cupo(CONVOCATORIA, 2, 1).asignados == 1


def test_al_barrer_se_ofrece_un_cupo_libre_que_nadie_ofrecio(puerta: Puerta) -> None:
    from funciones import barrer

    primera, _, tercera, _ = en_tres_listas(puerta)
    antes = puerta.montaje.almacen.postulacion(primera[0])
    actor = Actor(Papel.POSTULANTE, primera[0])
    solo = transitar(antes, Estado.DECLINADA, actor, puerta.montaje.ahora(), motivo="Deja", version_regla="prueba")
    puerta.montaje.almacen.aplicar(Cambio((solo,), 2, 1))
    assert estado(puerta, tercera[0]) is Estado.LISTA_DE_ESPERA
    assert barrer.handler({}, Contexto())["ofrecidas"] == 1
    assert estado(puerta, tercera[0]) is Estado.OFRECIDA
    assert barrer.handler({}, Contexto())["ofrecidas"] == 0


def test_confirmar_tarde_toma_el_turno_de_la_hora_en_que_se_confirma(puerta: Puerta) -> None:
    _, a_tiempo = puerta.postular(rut(1))
    _, tarde = puerta.postular(rut(2))
    puerta.pasar(timedelta(minutes=29))
    assert puerta.confirmar(a_tiempo["folio"])[0] == 200
    puerta.pasar(timedelta(minutes=2))
    assert puerta.confirmar(tarde["folio"])[0] == 200
    primera, segunda = (puerta.montaje.almacen.postulacion(c["folio"]) for c in (a_tiempo, tarde))
    assert primera.turno == primera.llego
    assert segunda.turno - segunda.llego >= timedelta(minutes=30)


def test_confirmar_despues_del_cierre_y_de_la_gracia_ya_no_entra(puerta: Puerta) -> None:
    puerta.poner_la_hora(convocatoria(puerta).cierre - timedelta(minutes=10))
    _, cuerpo = puerta.postular(rut(1))
    _, otra = puerta.postular(rut(2))
    puerta.pasar(timedelta(minutes=20))
    assert puerta.confirmar(cuerpo["folio"])[0] == 200
    puerta.pasar(timedelta(minutes=15))
    codigo, rechazo = puerta.confirmar(otra["folio"])
    assert (codigo, rechazo["error"]) == (409, "enlace_vencido")


def test_confirmar_dos_veces_no_cambia_nada(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    version = puerta.montaje.almacen.postulacion(folio).version
    assert puerta.confirmar(folio)[0] == 200
    assert puerta.montaje.almacen.postulacion(folio).version == version


def test_ver_no_cambia_nada(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    antes = puerta.montaje.almacen.postulacion(folio)
    for verbo in ("confirmar", "consultar", "encuestar"):
        for _ in range(10):
            assert puerta.llamar(verbo, "GET", f"/api/{verbo}", html=True)["statusCode"] == 200
    puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    assert puerta.montaje.almacen.postulacion(folio) == antes


@pytest.mark.parametrize("codigo", ["", "a" * 32, "el de la encuesta", "el de confirmar"])
def test_con_otro_codigo_la_respuesta_es_la_misma_que_si_no_existiera(puerta: Puerta, codigo: str) -> None:
    folio, _ = puerta.recibida(rut(1))
    llavero = puerta.montaje.llavero
    codigo = {
        "el de la encuesta": llavero.codigo_encuesta(folio),
        "el de confirmar": llavero.codigo_confirmacion(folio),
    }.get(codigo, codigo)
    de_otro = puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    de_nadie = puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": "ZZZZ2222", "codigo": codigo})
    assert de_otro == de_nadie
    assert de_otro[0] == 404


def test_una_oficina_no_ve_ni_mueve_lo_de_otra_region(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    camino = {"folio": folio}
    ajena = puerta.mesa("GET", "/postulaciones/{folio}", DE_OTRA_REGION, camino=camino)
    ausente = puerta.mesa("GET", "/postulaciones/{folio}", DE_OTRA_REGION, camino={"folio": "ZZZZ2222"})
    assert ajena == ausente
    assert ajena[0] == 404
    assert puerta.mesa("GET", "/postulaciones", DE_OTRA_REGION)[1]["postulaciones"] == []
    assert puerta.decidir(folio, "admisible", DE_OTRA_REGION)[0] == 404
    assert puerta.mesa("GET", "/postulaciones/{folio}", NACIONAL, camino=camino)[0] == 200


@pytest.mark.parametrize("rol", ["operador", "evaluador", "", "inventado"])
def test_medir_es_solo_del_nivel_nacional(puerta: Puerta, rol: str) -> None:
    funcionario = {"sub": "x", "rol": rol, "region": "07"}
    respuesta = puerta.json("medir", "POST", "/api/mesa/medicion", funcionario=funcionario, cuerpo={"anio": 2026})
    assert (respuesta[0], respuesta[1]["error"]) == (404, "sin_permiso")


def test_sin_credencial_la_mesa_no_responde(puerta: Puerta) -> None:
    assert puerta.json("evaluar", "GET", "/api/mesa/postulaciones")[0] == 401


def test_decir_que_no_exige_una_regla_y_una_razon_escritas_por_una_persona(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut(1))
    assert puerta.decidir(folio, "no_admisible", motivo="")[1]["error"] == "falta_motivo"
    assert puerta.decidir(folio, "no_admisible")[1]["error"] == "respuestas_por_corregir"
    hallazgos = {"ventas": "no_cumple"}
    respuesta = puerta.decidir(folio, "no_admisible", motivo="Vimos 2.612 UF", hallazgos=hallazgos)
    assert respuesta[0] == 200
    ultima = puerta.montaje.almacen.transiciones(folio)[-1]
    assert (ultima.actor.papel, ultima.actor.rol, ultima.motivo) == (Papel.PERSONAL, "evaluador", "Vimos 2.612 UF")
    _, cuerpo = puerta.json("consultar", "POST", "/api/consultar", cuerpo={"folio": folio, "codigo": codigo})
    assert cuerpo["reglas_incumplidas"][0]["titulo"] == "Ventas del año"
    assert cuerpo["recurso"]["plazo_texto"] == "5 días hábiles"


def test_a_la_segunda_persona_se_le_dice_que_alguien_la_cambio(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    mirada = puerta.montaje.almacen.postulacion(folio).version
    assert puerta.decidir(folio, "admisible")[0] == 200
    codigo, cuerpo = puerta.decidir(folio, "no_admisible", version=mirada, hallazgos={"ventas": "no_cumple"})
    assert (codigo, cuerpo["error"]) == (409, "cambio_entre_medio")
    assert estado(puerta, folio) is Estado.ADMISIBLE


@pytest.mark.parametrize("nota", ["8", "0", "siete", "", "NaN", "Infinity", "1e9"])
def test_una_nota_fuera_de_escala_no_se_guarda(puerta: Puerta, nota: str) -> None:
    folio, _ = puerta.recibida(rut(1))
    puerta.decidir(folio, "admisible")
    codigo, cuerpo = puerta.decidir(folio, "evaluada", notas={"origen": nota, "presentacion": "5"})
    assert (codigo, cuerpo["error"]) == (422, "nota_fuera_de_escala")
    assert estado(puerta, folio) is Estado.ADMISIBLE


def pedir_que_corrija(puerta: Puerta) -> tuple[str, str]:
    par = puerta.recibida(rut(1))
    assert puerta.decidir(par[0], "en_correccion", motivo="El F30 es de hace dos meses.")[0] == 200
    return par


def test_quien_debe_corregir_ve_que_y_hasta_cuando_y_vuelve_a_revision(puerta: Puerta) -> None:
    par = pedir_que_corrija(puerta)
    antes = {a.documento: a for a in puerta.montaje.almacen.postulacion(par[0]).adjuntos}
    pagina = puerta.llamar(
        "consultar", "POST", "/api/consultar", formulario={"folio": par[0], "codigo": par[1]}, html=True
    )
    assert "El F30 es de hace dos meses." in pagina["body"]
    assert "lunes 30 de noviembre de 2026 a las 23:59" in pagina["body"]
    assert responder(puerta, par, "corregir")[1]["error"] == "correccion_vacia"
    pedido = {"folio": par[0], "codigo": par[1], "documento": "f30"}
    assert puerta.json("adjuntar", "POST", "/api/adjuntar", cuerpo=pedido)[0] == 200
    subida = puerta.llamar("adjuntar", "POST", "/api/adjuntar", formulario=pedido, html=True)
    assert "Sube el archivo nuevo" in subida["body"]
    version = puerta.montaje.almacen.postulacion(par[0]).version
    puerta.subir(f"{par[0]}.{version}", ["f30"], PDF + b"nuevo")
    consulta = {"folio": par[0], "documento": "f30"}
    assert "Recibido" in puerta.llamar("adjuntar", "GET", "/api/adjuntar", consulta=consulta, html=True)["body"]
    assert responder(puerta, par, "corregir")[0] == 200
    despues = {a.documento: a for a in puerta.montaje.almacen.postulacion(par[0]).adjuntos}
    assert estado(puerta, par[0]) is Estado.RECIBIDA
    assert despues["f30"].huella != antes["f30"].huella
    assert despues["deuda-tributaria"] == antes["deuda-tributaria"]


def test_sin_corregir_en_cinco_dias_habiles_la_postulacion_queda_desistida(puerta: Puerta) -> None:
    from funciones import barrer

    par = pedir_que_corrija(puerta)
    puerta.poner_la_hora(datetime(2026, 11, 30, 23, 59, 50, tzinfo=CHILE))
    assert barrer.handler({}, Contexto())["desistidas"] == 0
    puerta.pasar(timedelta(seconds=20))
    assert responder(puerta, par, "corregir")[1]["error"] == "correccion_vencida"
    assert barrer.handler({}, Contexto())["desistidas"] == 1
    assert estado(puerta, par[0]) is Estado.DESISTIDA


def test_la_encuesta_se_abre_al_participar_y_la_segunda_corrige(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    folio = primera[0]
    codigo = puerta.montaje.llavero.codigo_encuesta(folio)
    pedido = {"folio": folio, "codigo": codigo}
    assert puerta.json("encuestar", "POST", "/api/encuestar", cuerpo=pedido)[1]["error"] == "encuesta_no_corresponde"
    asistencia = {"folio": folio, "asistio": "si", "version": puerta.montaje.almacen.postulacion(folio).version}
    ruta = ("asistir", "POST", "/api/mesa/asistencia")
    assert puerta.json(*ruta, funcionario=EVALUADOR, cuerpo=asistencia)[1]["error"] == "actividad_no_empieza"
    puerta.pasar(timedelta(days=12))
    assert puerta.json(*ruta, funcionario=EVALUADOR, cuerpo=asistencia)[0] == 200
    respuestas = dict.fromkeys(("organizacion", "lugar", "oportunidad", "utilidad"), 6)
    respuestas |= dict.fromkeys(("contactos_nuevos", "clientes_nuevos", "proveedores_nuevos", "reuniones"), 0)
    enviar = pedido | respuestas | {"negocios": 0, "ventas_tramo": "no_vendi", "accion": "enviar"}
    faltante = puerta.json("encuestar", "POST", "/api/encuestar", cuerpo=enviar)
    assert (faltante[0], list(faltante[1]["campos"])) == (422, ["vinculacion"])
    for vinculacion in ("no", "si"):
        assert (
            puerta.json("encuestar", "POST", "/api/encuestar", cuerpo=enviar | {"vinculacion": vinculacion})[0] == 200
        )
    guardadas = list(puerta.montaje.almacen.respuestas(2026))
    assert [r.vinculacion for r in guardadas] == ["si"]
    assert folio not in guardadas[0].id
    assert estado(puerta, folio) is Estado.EGRESADA


def test_medir_calla_una_celda_chica(puerta: Puerta, tmp_path: Path) -> None:
    en_tres_listas(puerta)
    datos = Path(puerta.entorno["DATOS"])
    copia = tmp_path / "datos"
    (copia / "indicadores").mkdir(parents=True)
    (copia / "indicadores" / "mediciones.csv").write_bytes((datos / "indicadores" / "mediciones.csv").read_bytes())
    puerta.entorno["DATOS"] = str(copia)
    puerta.montaje.__dict__.pop("publicacion", None)
    for postulacion in tuple(puerta.montaje.almacen.cola(CONVOCATORIA))[:1]:
        puerta.pasar(timedelta(days=12))
        cuerpo = {"folio": postulacion.folio, "asistio": "si", "version": postulacion.version}
        assert puerta.json("asistir", "POST", "/api/mesa/asistencia", funcionario=EVALUADOR, cuerpo=cuerpo)[0] == 200
    codigo, cuerpo = puerta.json("medir", "POST", "/api/mesa/medicion", funcionario=NACIONAL, cuerpo={"anio": 2026})
    assert codigo == 200, cuerpo
    assert {fila["estado"] for fila in cuerpo["filas"]} == {"no_se_publica"}
    assert not any(fila["numerador"] or fila["denominador"] for fila in cuerpo["filas"])


def test_un_aviso_que_falla_vuelve_a_la_cola_y_los_demas_salen(puerta: Puerta) -> None:
    from funciones import notificar

    bueno, _ = puerta.recibida(rut(1))
    avisos = [aviso.id for aviso in puerta.montaje.almacen.avisos_pendientes(10)]
    registros = [
        {"messageId": str(i), "body": json.dumps({"aviso": id_aviso}), "eventSource": "aws:sqs", "attributes": {}}
        for i, id_aviso in enumerate([*avisos, None])
    ]
    registros[-1]["body"] = "esto no es JSON"
    respuesta = notificar.handler({"Records": registros}, Contexto())
    assert respuesta == {"batchItemFailures": [{"itemIdentifier": str(len(avisos))}]}
    assert puerta.montaje.almacen.avisos_pendientes(10) == ()
    assert all(aviso.enviado for aviso in puerta.montaje.almacen.avisos(bueno))


def escritas(puerta: Puerta, folio: str, asunto: str) -> str:
    """El texto del correo de ese folio con esas palabras en el asunto, después de enviar lo pendiente."""
    from funciones import notificar

    for aviso in puerta.montaje.almacen.avisos_pendientes(50):
        notificar.enviar(aviso.id)
    buzon = mailbox.Maildir(Path(puerta.entorno["ESTADO_LOCAL"]) / "correo")
    mensajes = [BytesParser(policy=policy.default).parsebytes(buzon.get_bytes(k)) for k in sorted(buzon.keys())]
    textos = [m.get_body(("plain",)).get_content() for m in mensajes if asunto in m["subject"]]
    return next(t for t in textos if f"{folio[:4]} {folio[4:]}" in t)


def test_un_correo_atrasado_cuenta_lo_que_se_decidio_y_no_lo_que_paso_despues(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    puerta.decidir(folio, "no_admisible", motivo="Vimos 2.612 UF.", hallazgos={"ventas": "no_cumple"})
    assert puerta.decidir(folio, "recibida", motivo="Nos equivocamos.")[0] == 200
    texto = escritas(puerta, folio, "no cumple los requisitos")
    assert "Vimos 2.612 UF." in texto
    assert "Nos equivocamos" not in texto
    assert "5 días hábiles, hasta el" in texto


def test_una_regla_que_se_corrigio_no_es_la_razon_de_no_ser_elegida(puerta: Puerta) -> None:
    pares = [puerta.recibida(rut(i), nombre=f"Empresa {i}") for i in range(4)]
    ultima = pares[3][0]
    puerta.decidir(ultima, "no_admisible", hallazgos={"ventas": "no_cumple"})
    puerta.decidir(ultima, "recibida")
    puerta.poner_la_hora(convocatoria(puerta).cierre + timedelta(hours=1))
    for (folio, _), nota in zip(pares, ("7", "6", "5", "3"), strict=True):
        puerta.decidir(folio, "admisible")
        puerta.decidir(folio, "evaluada", notas={"origen": nota, "presentacion": nota})
    assert puerta.seleccionar("ejecutar")[0] == 200
    assert estado(puerta, ultima) is Estado.NO_SELECCIONADA
    assert "Ventas del año" not in escritas(puerta, ultima, "no fue seleccionada")


def test_quien_confirmo_primero_un_rut_ajeno_no_se_queda_con_el(puerta: Puerta) -> None:
    impostora, _ = puerta.recibida(rut(1), nombre="Quien llegó primero")
    genuina, _ = puerta.recibida(rut(1), nombre="La empresa de verdad")
    codigo, cuerpo = puerta.decidir(genuina, "recibida", motivo="Es la empresa")
    assert (codigo, cuerpo["error"]) == (409, "rut_tomado")
    assert puerta.decidir(impostora, "no_admisible", hallazgos={"sector": "no_cumple"})[0] == 200
    assert puerta.decidir(genuina, "recibida", motivo="Es la empresa")[0] == 200
    codigo, cuerpo = puerta.decidir(impostora, "recibida", motivo="La volvemos a mirar")
    assert (codigo, cuerpo["error"]) == (409, "rut_tomado")


def test_una_retenida_se_puede_negar_por_duplicada_con_su_razon(puerta: Puerta) -> None:
    puerta.recibida(rut(1))
    repetida, _ = puerta.recibida(rut(1))
    assert puerta.decidir(repetida, "no_admisible", motivo="Es la misma empresa, ya está en la fila.")[0] == 200


def test_con_puntaje_no_se_elige_mientras_alguien_que_envio_a_tiempo_pueda_confirmar(puerta: Puerta) -> None:
    puerta.poner_la_hora(convocatoria(puerta).cierre - timedelta(minutes=2))
    _, ultima = puerta.postular(rut(1))
    puerta.poner_la_hora(convocatoria(puerta).cierre + timedelta(minutes=25))
    assert puerta.seleccionar("simular")[1]["error"] == "aun_abierta"
    assert puerta.confirmar(ultima["folio"])[0] == 200


def test_no_se_cumple_un_requisito_que_se_marco_como_no_cumplido(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut(1))
    codigo, cuerpo = puerta.decidir(folio, "admisible", hallazgos={"ventas": "no_cumple"})
    assert (codigo, list(cuerpo["campos"])) == (422, ["hallazgos"])
    codigo, cuerpo = puerta.decidir(folio, "admisible", hallazgos={"ventas": ["cumple"]})
    assert (codigo, list(cuerpo["campos"])) == (422, ["hallazgos"])


def test_desde_el_primer_dia_un_cupo_ya_no_se_acepta_ni_se_deja(puerta: Puerta) -> None:
    primera, *_ = en_tres_listas(puerta)
    puerta.poner_la_hora(inicio_del_dia(convocatoria(puerta).actividad_inicio) + timedelta(seconds=5))
    for accion in ("aceptar", "declinar"):
        codigo, cuerpo = responder(puerta, primera, accion)
        assert (codigo, cuerpo["error"]) == (409, "actividad_empezo")


def test_una_oferta_nunca_vence_despues_de_que_empiece_la_actividad(puerta: Puerta) -> None:
    primera, _, tercera, _ = en_tres_listas(puerta)
    empieza = inicio_del_dia(convocatoria(puerta).actividad_inicio)
    puerta.poner_la_hora(empieza - timedelta(hours=3))
    assert responder(puerta, primera, "declinar")[0] == 200
    assert puerta.montaje.almacen.postulacion(tercera[0]).oferta_vence == empieza
