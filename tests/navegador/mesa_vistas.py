"""Cómo muestran las funciones del personal lo guardado: la misma forma, campo por campo."""

from decimal import Decimal
from typing import Any

from tests.navegador import mesa_datos as datos

Llano = dict[str, Any]
CUANDO = "domingo 22 de noviembre de 2026 a las 10:47"
EN_PAUTA = ("admisible", "evaluada")
SE_REVISA = ("retenida", "recibida", *EN_PAUTA, "recurrida")
PERSONALES = ("nombre",)


def a_ciegas(postulacion: Llano, llamado: Llano) -> bool:
    return bool(llamado["a_ciegas"]) and postulacion["estado"] in EN_PAUTA


def renglon(postulacion: Llano, llamado: Llano, quien: str) -> Llano:
    """Un renglón de la cola, como lo ve esa persona."""
    columnas = (
        "folio folio_texto nombre convocatoria convocatoria_nombre region estado estado_texto turno turno_texto "
        "version puntaje canal"
    )
    oculto = a_ciegas(postulacion, llamado)
    return {
        **{columna: postulacion[columna] for columna in columnas.split()},
        **({"nombre": f"Postulación {postulacion['folio_texto']}"} if oculto else {}),
        "hallazgos": _signos(postulacion),
        "a_ciegas": oculto,
        "lugar": postulacion.get("lugar"),
        "notas_puestas": len(postulacion["evaluaciones"]),
        "ya_calificaste": _propia(postulacion, quien) is not None,
        "te_abstuviste": _se_abstuvo(postulacion, quien),
    }


def _signos(postulacion: Llano) -> dict[str, str]:
    """Cómo va cada requisito sin lo que sale de un registro, que se lee al abrir la ficha."""
    no_van = postulacion.get("del_registro", ())
    return {regla: resultado for regla, resultado in postulacion["hallazgos"].items() if regla not in no_van}


def _propia(postulacion: Llano, quien: str) -> Llano | None:
    return next((e for e in postulacion["evaluaciones"] if e["evaluador"] == quien), None)


def _se_abstuvo(postulacion: Llano, quien: str) -> bool:
    return any(a["evaluador"] == quien for a in postulacion["abstenciones"])


def expediente(postulacion: Llano, llamado: Llano, quien: str) -> Llano:
    """El detalle de una postulación, hasta donde le toca ver a esa persona."""
    estado, oculto = postulacion["estado"], a_ciegas(postulacion, llamado)
    comunes = ("folio", "folio_texto", "convocatoria", "convocatoria_nombre", "estado", "version", "motivo", "puntaje")
    titulos = {corregible["que"]: corregible["titulo"] for corregible in datos.CORREGIBLES}
    return {
        **{clave: postulacion[clave] for clave in comunes},
        **_notas(postulacion, llamado, quien),
        "a_ciegas": oculto,
        "carta": postulacion.get("carta"),
        "derechos": postulacion.get("derechos", []),
        "revisados": postulacion["revisados"],
        "signos": _signos(postulacion),
        "estado_texto": datos.ESTADOS[estado],
        "oferta_vence_texto": "",
        "respuestas": [r for r in _respuestas(postulacion) if not (oculto and r["clave"] in PERSONALES)],
        "hallazgos": [
            *(_hallazgo(postulacion, regla) for regla in datos.REGLAS),
            *(_por_acreditar(reserva) for reserva in postulacion.get("asegurados", ())),
        ],
        "documentos": [] if oculto else postulacion.get("documentos", [DOCUMENTO]),
        "historia": [_paso("recibida", "postulante", ""), _paso(estado, "personal", postulacion["motivo"])],
        "avisos": [_AVISO | postulacion.get("aviso", {})],
        "presencial": postulacion.get("presencial"),
        "no_calza": postulacion.get("no_calza", []),
        "acciones": [] if _corregida(postulacion, quien) else _acciones(postulacion, llamado, quien),
        "por_que_no": CORREGIDA if _corregida(postulacion, quien) else "",
        "correcciones": [{**c, "titulo": titulos[c["que"]]} for c in postulacion["correcciones"]],
        "corregibles": datos.CORREGIBLES,
    }


_AVISO: Llano = {"estado_texto": "Recibida", "creado_texto": CUANDO, "enviado_texto": None, "rechazado": False}
_AVISO |= {"en_mano": False, "lo_sabe": True, "notificado_texto": ""}
CORREGIDA = "Otra persona acogió un recurso contra lo que decidiste: sobre los requisitos decide otra persona."


def _corregida(postulacion: Llano, quien: str) -> bool:
    return bool(quien in postulacion.get("corrigieron_a", ()))


def _notas(postulacion: Llano, llamado: Llano, quien: str) -> Llano:
    """Las de otra persona se ven cuando ya puso la suya, o cuando están todas."""
    espera = postulacion["estado"] == "admisible" and _propia(postulacion, quien) is None
    return {
        "notas": postulacion["notas"],
        "evaluadores": llamado["evaluadores"],
        "notas_puestas": len(postulacion["evaluaciones"]),
        "evaluaciones": [] if espera else [_evaluacion(e, llamado, quien) for e in postulacion["evaluaciones"]],
        "te_abstuviste": _se_abstuvo(postulacion, quien),
        "puede_abstenerse": postulacion["estado"] in SE_REVISA and not _se_abstuvo(postulacion, quien),
        "abstenciones": [
            {**a, "propia": a["evaluador"] == quien, "cuando_texto": CUANDO} for a in postulacion["abstenciones"]
        ],
    }


def _evaluacion(evaluacion: Llano, llamado: Llano, quien: str) -> Llano:
    vigente = set(evaluacion["notas"]) == {c["criterio"] for c in llamado["criterios"]}
    puntaje = str(_puntaje(evaluacion, llamado)) if vigente else None
    return {**evaluacion, "propia": evaluacion["evaluador"] == quien, "cuando_texto": CUANDO, "puntaje": puntaje}


def _puntaje(evaluacion: Llano, llamado: Llano) -> Decimal:
    pesos = {c["criterio"]: c["ponderacion"] for c in llamado["criterios"]}
    suma = sum((Decimal(nota) * pesos[criterio] for criterio, nota in evaluacion["notas"].items()), Decimal())
    return (suma / 100).quantize(Decimal("0.01"))


def calificar(postulacion: Llano, evaluaciones: list[Llano], llamado: Llano) -> None:
    """Deja esas evaluaciones: con todas hay puntaje y queda evaluada; si falta alguna, sigue admisible."""
    completa = len(evaluaciones) >= llamado["evaluadores"]
    cuantas = len(evaluaciones)
    puntajes = sum((_puntaje(e, llamado) for e in evaluaciones), Decimal())
    criterios = [c["criterio"] for c in llamado["criterios"]]
    medias = {c: str(sum(Decimal(e["notas"][c]) for e in evaluaciones) / cuantas) for c in criterios if completa}
    postulacion.update(
        estado="evaluada" if completa else "admisible",
        evaluaciones=evaluaciones,
        notas=medias,
        puntaje=str((puntajes / cuantas).quantize(Decimal("0.01"))) if completa else None,
    )


def _acciones(postulacion: Llano, llamado: Llano, quien: str) -> list[str]:
    if _se_abstuvo(postulacion, quien):
        return []
    posibles = list(datos.ACCIONES.get(postulacion["estado"], []))
    completa = len(postulacion["evaluaciones"]) >= llamado["evaluadores"]
    ajena = completa and _propia(postulacion, quien) is None
    if "evaluada" in posibles and (ajena or vio_el_nombre(postulacion, llamado, quien)):
        posibles.remove("evaluada")
    return posibles


def vio_el_nombre(postulacion: Llano, llamado: Llano, quien: str) -> bool:
    """Si se califica a ciegas y esa persona la movió con el nombre a la vista."""
    return a_ciegas(postulacion, llamado) and quien in postulacion["vieron"]


def _respuestas(postulacion: Llano) -> list[Llano]:
    lleva = "Pan amasado y empanadas.\nTambién mermeladas en frascos de 250 gramos."
    return [
        {"clave": "nombre", "titulo": "¿Cómo se llama tu empresa?", "texto": postulacion["nombre"]},
        {"clave": "comuna", "titulo": "¿En qué comuna trabajas?", "texto": "Talca"},
        {"clave": "lleva", "titulo": "¿Qué llevarás a la actividad?", "texto": lleva},
    ]


def _hallazgo(postulacion: Llano, regla: str) -> Llano:
    titulo, texto, certificado, documento = datos.REGLAS[regla]
    resultado = postulacion["hallazgos"][regla]
    return {
        "regla": regla,
        "titulo": titulo,
        "resultado": resultado,
        "frase": datos.FRASES[resultado],
        "declarado": datos.DECLARADO.get(regla, "No"),
        "visto": f"Declaró: {datos.DECLARADO.get(regla, 'No')}.",
        "texto": texto,
        "requisito": texto,
        "correccion": "Manda el certificado al día.",
        "certificado": certificado,
        "donde": "Se baja gratis del sitio que lo emite.",
        "documento": documento,
        "clausula": f"Requisitos del programa: {titulo.lower()}",
    }


def _por_acreditar(reserva: str) -> Llano:
    vacios = dict.fromkeys(("declarado", "certificado", "donde", "documento"), "")
    return {
        "regla": f"reserva:{reserva}",
        "titulo": f"Cupo asegurado: {reserva}",
        "resultado": "lo_revisa_una_persona",
        "texto": "Hay cupos asegurados para este grupo.",
        "frase": "Si no se acredita, compite por los cupos de todos.",
        "visto": "Declaró que es del grupo.",
        "clausula": "Bases de la convocatoria: cupos asegurados",
        **vacios,
    }


DOCUMENTO = {
    "documento": "carpeta-tributaria",
    "titulo": "Carpeta tributaria electrónica",
    "nombre": "carpeta_tributaria_2025.pdf",
    "tipo": "application/pdf",
    "tamano_texto": "1,2 MB",
    "huella": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "estado": "limpio",
}


def _paso(estado: str, papel: str, motivo: str) -> Llano:
    texto = datos.ESTADOS[estado]
    return {"cuando_texto": CUANDO, "de": None, "a": estado, "a_texto": texto, "papel": papel, "oficina": ""} | {
        "motivo": motivo
    }


def recurso(postulacion: Llano, quien: str) -> Llano:
    """Un recurso de la bandeja: sin el nombre, y con lo que se había decidido."""
    comunes = ("folio", "folio_texto", "convocatoria", "convocatoria_nombre", "version")
    impedimento = por_que_no_resuelve(postulacion, quien)
    return {
        **{clave: postulacion[clave] for clave in comunes},
        "presentado_texto": CUANDO,
        "texto": postulacion["motivo"],
        "de": "no_admisible",
        "de_texto": datos.ESTADOS["no_admisible"],
        "decision": "Vimos 2.612 UF; la regla pide hasta 2.400.",
        "por_que_no": impedimento[1],
        "puede_abstenerse": not impedimento[0],
    }


def por_que_no_resuelve(postulacion: Llano, quien: str) -> tuple[str, str]:
    """El código y la frase de quien no puede resolver; vacíos si puede."""
    if _se_abstuvo(postulacion, quien):
        return "te_abstuviste", "Declaraste un conflicto de interés: decide otra persona."
    if postulacion["decidio"] == quien:
        return "misma_persona", "Tú ya le dijiste que no a esta postulación. Pídele a otra persona que lo resuelva."
    if _propia(postulacion, quien):
        return "la_calificaste", "Tú le pusiste nota. Pídele a otra persona que lo resuelva."
    return "", ""


def acta(convocatoria: str, numero: int) -> Llano:
    """Un renglón de la lista de actas."""
    cuentas = {"seleccionadas": 2, "espera": 1, "no_seleccionadas": 1}
    sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    id_ = f"{convocatoria}-{numero:03d}"
    return {"acta": id_, "numero": numero, "cuando_texto": CUANDO, "sha256": sha256} | cuentas


def como_quedo(postulacion: Llano) -> Llano:
    """Lo que responden las puertas que solo cambian el estado."""
    estado = postulacion["estado"]
    campos = {"folio": postulacion["folio"], "version": postulacion["version"]}
    return campos | {"estado": estado, "estado_texto": datos.ESTADOS[estado]}
