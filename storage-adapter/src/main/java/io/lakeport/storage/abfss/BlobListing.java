package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One page of a listing: Azure Storage REST API, "List Blobs". */
final class BlobListing {
    private final String prefix;
    private final List<ObjectInfo> objects = new ArrayList<>();
    private String next = "";
    private String name = "";
    private long size;
    private boolean folder;

    private BlobListing(String prefix) {
        this.prefix = prefix;
    }

    static BlobListing read(byte[] xml, String prefix) {
        BlobListing listing = new BlobListing(prefix);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(xml), "UTF-8");
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    listing.begin(in);
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && in.getLocalName().equals("Blob")) {
                    listing.end();
                }
            }
            return listing;
        } catch (XMLStreamException | NumberFormatException e) {
            throw new LakeportException(CoreError.SERVICE_UNAVAILABLE, "the account's listing could not be read", e);
        }
    }

    private void begin(XMLStreamReader in) throws XMLStreamException {
        switch (in.getLocalName()) {
            case "Blob" -> {
                size = 0;
                folder = false;
            }
            case "Name" -> name = name(in);
            case "Content-Length" -> size = Long.parseLong(in.getElementText());
            // A hierarchical namespace lists its folders as well; older versions mark them in the metadata.
            case "ResourceType" -> folder |= in.getElementText().equals("directory");
            case "hdi_isfolder" -> folder |= in.getElementText().equals("true");
            case "NextMarker" -> next = in.getElementText();
            default -> {}
        }
    }

    /** Names with characters that XML cannot hold come encoded. */
    private static String name(XMLStreamReader in) throws XMLStreamException {
        boolean encoded = "true".equals(in.getAttributeValue(null, "Encoded"));
        String text = in.getElementText();
        return encoded
                ? java.net.URLDecoder.decode(text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8)
                : text;
    }

    private void end() {
        if (folder || !name.startsWith(prefix)) {
            return;
        }
        try {
            objects.add(new ObjectInfo(ObjectKey.of(name.substring(prefix.length())), size, ""));
        } catch (IllegalArgumentException e) {
            // Put there by others under a name that is no key.
            folder = true;
        }
    }

    List<ObjectInfo> objects() {
        return objects;
    }

    String next() {
        return next;
    }
}
