CREATE TABLE "agreement_import_mappings" (
	"headings_key" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreement_import_rows" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"cells" text[] NOT NULL,
	"state" text NOT NULL,
	"mended" boolean DEFAULT false NOT NULL,
	"problems" jsonb,
	"reference_key" text,
	"hash" text,
	"agreement_id" uuid,
	CONSTRAINT "agreement_import_rows_import_id_number_pk" PRIMARY KEY("import_id","number"),
	CONSTRAINT "agreement_import_rows_state" CHECK ("agreement_import_rows"."state" in ('unchecked', 'ready', 'wrong', 'same', 'done', 'left'))
);
--> statement-breakpoint
CREATE TABLE "agreement_import_work" (
	"import_id" uuid PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreement_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text,
	"format" text NOT NULL,
	"encoding" text,
	"date_1904" boolean DEFAULT false NOT NULL,
	"sheets" jsonb NOT NULL,
	"sheet" text NOT NULL,
	"header_row" integer DEFAULT 0 NOT NULL,
	"header_rows" integer DEFAULT 1 NOT NULL,
	"headings" text[] DEFAULT '{}' NOT NULL,
	"settings" jsonb NOT NULL,
	"findings" jsonb,
	"failure" jsonb,
	"confidential" boolean DEFAULT true NOT NULL,
	"secrecy_declared_by" uuid,
	"secrecy_declared_at" timestamp(6) with time zone,
	"created_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "agreement_imports_state" CHECK ("agreement_imports"."state" in ('reading', 'mapping', 'checking', 'checked', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "agreement_import_mappings" ADD CONSTRAINT "agreement_import_mappings_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_import_rows" ADD CONSTRAINT "agreement_import_rows_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_import_rows" ADD CONSTRAINT "agreement_import_rows_import_id_agreement_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."agreement_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_import_work" ADD CONSTRAINT "agreement_import_work_import_id_agreement_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."agreement_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_imports" ADD CONSTRAINT "agreement_imports_sha256_stored_files_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."stored_files"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_imports" ADD CONSTRAINT "agreement_imports_secrecy_declared_by_users_id_fk" FOREIGN KEY ("secrecy_declared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_imports" ADD CONSTRAINT "agreement_imports_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agreement_import_rows_state" ON "agreement_import_rows" USING btree ("import_id","state","number");--> statement-breakpoint
CREATE INDEX "agreement_import_rows_reference" ON "agreement_import_rows" USING btree ("import_id","reference_key");--> statement-breakpoint
CREATE INDEX "agreement_import_rows_hash" ON "agreement_import_rows" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "agreement_import_rows_agreement" ON "agreement_import_rows" USING btree ("agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_imports_created" ON "agreement_imports" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "agreement_imports_sha256" ON "agreement_imports" USING btree ("sha256");