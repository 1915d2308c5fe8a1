"""El llavero: todas las huellas con clave y el cifrado nacen de una sola clave maestra, cada uso bajo su dominio."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from funciones.dominio.folio import derivar

LARGO_MAESTRA = 32
_LARGO_NONCE = 12


class Llavero:
    """Deriva de la clave maestra (32 bytes) una subclave por uso; ninguna huella sirve para otro uso."""

    def __init__(self, maestra: bytes) -> None:
        if len(maestra) != LARGO_MAESTRA:
            raise ValueError("la clave maestra mide 32 bytes")
        self._maestra = maestra
        self._aead = AESGCM(self._digesto("cifrado", ""))

    def _digesto(self, dominio: str, texto: str) -> bytes:
        return hmac.digest(self._maestra, f"{dominio}\x1f{texto}".encode(), hashlib.sha256)

    def huella_rut(self, rut: str) -> str:
        """Huella con clave del RUT canónico: sirve para buscarlo sin guardarlo a la vista."""
        return self._digesto("rut", rut).hex()

    def huella_borrador(self, clave: str) -> str:
        """Bajo qué llave se guarda el borrador de esta clave."""
        return self._digesto("borrador", clave).hex()[:40]

    def folio(self, convocatoria: str, clave: str, intento: int = 0) -> str:
        """El folio que da esta clave de envío; `intento` sube solo si ese folio ya es de otra solicitud."""
        return derivar(self._digesto("folio", f"{convocatoria}\x1f{clave}\x1f{intento}"))

    def secreto(self, folio: str) -> str:
        """El código secreto de la postulación: 160 bits en base32, que no se guarda en ninguna parte."""
        return _base32(self._digesto("secreto", folio)[:20])

    def codigo_confirmacion(self, folio: str) -> str:
        """El código que solo viaja en el correo: tenerlo prueba que la dirección es de quien postula."""
        return _base32(self._digesto("confirmacion", folio)[:20])

    def codigo_encuesta(self, folio: str) -> str:
        """El código del enlace de la encuesta: otro dominio, no abre la página de la postulación."""
        return _base32(self._digesto("encuesta", folio)[:20])

    def id_respuesta(self, folio: str) -> str:
        """Bajo qué id se guarda la respuesta de la encuesta; no permite volver al folio sin la clave."""
        return self._digesto("respuesta", folio).hex()[:40]

    def vitrina(self, huella_rut: str) -> str:
        """El nombre público de la vitrina de un RUT, que ya viene como huella: no lleva a su folio ni a su RUT."""
        return f"v-{self._digesto('vitrina', huella_rut).hex()[:16]}"

    def clave_de_foto(self, folio: str, producto: str) -> str:
        """Bajo qué llave se deja la foto recién subida de un producto de esa vitrina."""
        return self._digesto("foto", f"{folio}\x1f{producto}").hex()[:40]

    def id_suscripcion(self, correo: str) -> str:
        """Bajo qué id se guarda una suscripción: no lleva a la dirección; da igual con mayúsculas o sin ellas."""
        return _base32(self._digesto("suscripcion", correo.lower())[:15])

    def codigo_alta(self, id_suscripcion: str, clave: str) -> str:
        """El código que confirma un pedido de avisos: solo viaja en el correo y muere con la clave de ese pedido."""
        return _base32(self._digesto("alta", f"{id_suscripcion}\x1f{clave}")[:20])

    def codigo_baja(self, id_suscripcion: str) -> str:
        """El código con que se cambian o se dejan los avisos: el mismo en todos los correos, para que siempre sirva."""
        return _base32(self._digesto("baja", id_suscripcion)[:20])

    def huella_correo(self, correo: str) -> str:
        """Huella con clave de una dirección, da igual con mayúsculas: dice si es la misma sin guardarla a la vista."""
        return self._digesto("correo", correo.lower()).hex()

    def id_recordatorio(self, convocatoria: str, correo: str) -> str:
        """Bajo qué llave se guarda un recordatorio: no lleva a la dirección, a su suscripción ni a su postulación."""
        return _base32(self._digesto("recordatorio", f"{convocatoria}\x1f{correo.lower()}")[:15])

    def firma_anual(self, rut: str, anio: int) -> str:
        """Seudónimo de la Mipe durante un año, para contarla una sola vez."""
        return self._digesto(f"firma-{anio}", rut).hex()[:32]

    def sal_de_acta(self, acta: str, contenido: bytes) -> str:
        """La sal secreta de un acta, en hexadecimal: sin ella no se adivina lo que no se publica.

        Sale de todo lo demás que el acta dice: quien no tiene la clave maestra no puede escribir una que calce.
        """
        return self._digesto("acta", f"{acta}\x1f{hashlib.sha256(contenido).hexdigest()}").hex()

    def iguales(self, dado: str, esperado: str) -> bool:
        """Compara sin decir por el tiempo cuánto se parecen."""
        return hmac.compare_digest(dado.encode(), esperado.encode())

    def cifrar(self, claro: bytes, atado_a: str) -> bytes:
        """AES-256-GCM; `atado_a` (el folio) impide pegar el texto cifrado en otro registro."""
        nonce = os.urandom(_LARGO_NONCE)
        return nonce + self._aead.encrypt(nonce, claro, atado_a.encode())

    def descifrar(self, cifrado: bytes, atado_a: str) -> bytes:
        """Lo contrario de `cifrar`; InvalidTag si el registro fue alterado."""
        return self._aead.decrypt(cifrado[:_LARGO_NONCE], cifrado[_LARGO_NONCE:], atado_a.encode())


def _base32(digesto: bytes) -> str:
    return base64.b32encode(digesto).decode().lower()
