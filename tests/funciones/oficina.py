"""Lo que hacen en la oficina las pruebas del papel, los contactos y «Mis Datos»."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from funciones import notificar
from tests.funciones.puerta import EVALUADOR, NACIONAL, Contexto, Puerta
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, respuestas_de

RUT = "77300010-7"
OTRO_RUT = "77300011-5"


def papel(puerta: Puerta, rut: str = RUT, nombre: str = "Panes del Maule", **cambios: Any) -> dict[str, Any]:
    """Un ingreso completo: dos documentos vistos en papel y uno subido; `cambios` pisa sus campos."""
    clave = cambios.pop("clave", "") or secrets.token_urlsafe(24)
    respuestas = respuestas_de(nombre, rut) | {"correo": "", "telefono": "9 1234 5678"} | cambios.pop("respuestas", {})
    puerta.subir(clave, DOCUMENTOS[:1])
    recibido = puerta.montaje.ahora().astimezone().isoformat()
    return {
        "convocatoria": CONVOCATORIA,
        "clave": clave,
        "respuestas": respuestas,
        "documentos": list(DOCUMENTOS[:1]),
        "en_papel": list(DOCUMENTOS[1:]),
        "recibido": recibido,
        "domicilio": "",
    } | cambios


def ingresar(
    puerta: Puerta, cuerpo: Mapping[str, Any], funcionario: Mapping[str, str] = EVALUADOR
) -> tuple[int, dict[str, Any]]:
    """Lo que contesta la puerta: (estado, cuerpo)."""
    return puerta.json("ingresar", "POST", "/api/mesa/ingresos", funcionario=funcionario, cuerpo=cuerpo)


def ingresada(puerta: Puerta, rut: str = RUT, **cambios: Any) -> dict[str, Any]:
    """El comprobante de una que ya está en la fila."""
    estado, comprobante = ingresar(puerta, papel(puerta, rut, **cambios))
    assert estado == 200, comprobante
    return comprobante


def repartir(puerta: Puerta) -> None:
    """Manda todo lo pendiente, como la cola de avisos."""
    for aviso in puerta.montaje.almacen.avisos_pendientes(100):
        notificar.enviar(aviso.id)


def por_contactar(puerta: Puerta, funcionario: Mapping[str, str] = EVALUADOR) -> list[dict[str, Any]]:
    """La lista de la oficina."""
    estado, cuerpo = puerta.json("contactar", "GET", "/api/mesa/contactos", funcionario=funcionario)
    assert estado == 200, cuerpo
    lista: list[dict[str, Any]] = cuerpo["contactos"]
    return lista


def registrar(
    puerta: Puerta, metodo: str, ruta: str, cuerpo: Any = None, funcionario: Mapping[str, str] = NACIONAL
) -> Any:
    """Una llamada a registrar: (estado, cuerpo)."""
    return puerta.json("registrar", metodo, f"/api/mesa/{ruta}", funcionario=funcionario, cuerpo=cuerpo)


def rebota(aviso: str, tipo: str = "Permanent", suceso: str = "Bounce") -> dict[str, Any]:
    """Lo que entrega EventBridge cuando SES avisa que un correo volvió, con todo lo que trae de verdad."""
    correo = respuestas_de("Panes del Maule", RUT)["correo"]
    titulo = {"Bounce": "Email Bounced", "Complaint": "Email Complaint Received"}.get(suceso, "Email Delivered")
    return {
        "version": "0",
        "id": "12a18625-3cd9-e8b7-9d5e-0e8f2d7e1c11",
        "detail-type": titulo,
        "source": "aws.ses",
        "account": "000000000000",
        "time": "2026-11-23T16:20:11Z",
        "region": "us-east-1",
        "resources": ["arn:aws:ses:us-east-1:000000000000:configuration-set/correos-demo"],
        "detail": {
            "eventType": suceso,
            "mail": {
                "timestamp": "2026-11-23T15:02:07.441Z",
                "source": "avisos@ejemplo.cl",
                "messageId": "0100019ab5e0d7c1-5d1b0b0a-000000",
                "destination": [correo],
                "headersTruncated": False,
                "headers": [{"name": "To", "value": correo}],
                "commonHeaders": {"to": [correo], "subject": "Quedaste seleccionada"},
                "tags": {
                    "aviso": [aviso.replace(".", "-")],
                    "ses:configuration-set": ["correos-demo"],
                    "ses:from-domain": ["ejemplo.cl"],
                },
            },
            "bounce": {
                "bounceType": tipo,
                "bounceSubType": "General",
                "bouncedRecipients": [
                    {
                        "emailAddress": correo,
                        "action": "failed",
                        "status": "5.1.1",
                        "diagnosticCode": f"smtp; 550 5.1.1 <{correo}>: user unknown",
                    }
                ],
                "timestamp": "2026-11-23T16:20:09.000Z",
                "feedbackId": "0100019ab5e0d7c1-abc-000000",
                "reportingMTA": "dns; mta.ejemplo.cl",
            },
        },
    }


def llega_el_rebote(suceso: Mapping[str, Any]) -> dict[str, Any]:
    """Lo que contesta la función que lo atiende."""
    from funciones import rebotar

    contestado: dict[str, Any] = rebotar.handler(json.loads(json.dumps(suceso)), Contexto())
    return contestado
