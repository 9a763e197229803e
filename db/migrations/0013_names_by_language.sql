ALTER TABLE "agreement_parties" ADD COLUMN "official_names" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signatory_titles" jsonb;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signatory_official" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "agreement_parties" SET "signatory_titles" = jsonb_build_object((
	SELECT language FROM jsonb_object_keys("signatory_names") AS language LIMIT 1
), "signatory_title") WHERE "signatory_title" IS NOT NULL AND "signatory_names" <> '{}';--> statement-breakpoint
ALTER TABLE "agreement_parties" DROP COLUMN "signatory_title";