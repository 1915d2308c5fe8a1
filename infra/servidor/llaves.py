"""Las llaves con que firma la entrada local del personal, hechas en la primera corrida y fuera de git."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from servidor.disco import carpeta_privada, escribir_privado


def clave_oidc(claves: Path) -> RSAPrivateKey:
    """La llave privada; se crea si no está."""
    archivo = carpeta_privada(claves) / "oidc.pem"
    if not archivo.exists():
        nueva = generate_private_key(public_exponent=65537, key_size=2048)
        escribir_privado(
            archivo,
            nueva.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
        )
    leida = serialization.load_pem_private_key(archivo.read_bytes(), password=None)
    if not isinstance(leida, RSAPrivateKey):
        raise ValueError(f"{archivo} no es una llave RSA: bórrala y se hará otra")
    return leida


def identificador(clave: RSAPrivateKey) -> str:
    """El «kid»: cambia con la llave, así una credencial vieja no se comprueba con la nueva."""
    publica = clave.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(publica).hexdigest()[:16]
